import type { TemporaryFiles } from '../../io/temporary-files';
import type { PhotoSize } from '../photo-size';
import { availableMemory } from '../workers/available-memory';

/** What photos are too large to be held in memory, and where they are then. */
export interface LargePhotos {
  readonly files: TemporaryFiles;
  /** Most bytes of samples that a photo and its result may have to stay in memory. */
  readonly mostInMemory: number;
  /** Size of the network's output over its input's. */
  readonly scale: number;
  /** Size of the final result over the input's; default: `scale`. */
  readonly outscale?: number;
}

/** A photo of 24 megapixels, 8 bits a sample, and a result of its size. */
const MOST_IN_MEMORY = 24e6 * 3 * 2;
/** Part of the machine's memory that samples may take. */
const MEMORY_SHARE = 1 / 8;

/** Most bytes of samples in memory, given what the user allows the network. */
export function mostInMemory(maxMemoryBytes = Number.POSITIVE_INFINITY): number {
  return Math.min(MOST_IN_MEMORY, maxMemoryBytes, availableMemory() * MEMORY_SHARE);
}

/** Whether a photo of so many bytes of samples is too large for memory, with its result. */
export function isLarge(bytes: number, { mostInMemory, scale }: LargePhotos): boolean {
  return bytes * (1 + scale ** 2) > mostInMemory;
}

/**
 * Most that the temporary files of a photo take at a time: first its samples and its result's, then the
 * result's twice, for it is copied to be resized and once more for its encoder. With an alpha channel, its
 * samples are there once more, with what is hidden filled in, and four bytes a pixel until that is done.
 */
export function diskBytes(
  { bytes, width, height, hasAlpha }: PhotoSize,
  { scale, outscale = scale }: LargePhotos,
): number {
  const [result, final] = [bytes * scale ** 2, bytes * outscale ** 2];
  const filled = hasAlpha ? bytes + Math.max(0, width * height * 4 - result) : 0;
  return Math.max(bytes + filled + result, 2 * result, result + final, 2 * final);
}
