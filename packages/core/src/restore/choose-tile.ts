import type { BackendLimits } from '../backend/backend';
import { OptionError } from '../errors/option-error';
import type { ModelDescriptor } from '../model/model';
import type { PixelSize } from './image-region';

/** Side of tiles when memory is not what decides; docs/tiles.md shows what it costs and gains. */
const DEFAULT_TILE = 384;
/** Overlap of neighbouring tiles in input pixels; docs/tiles.md. */
export const DEFAULT_OVERLAP = 32;
/** Working memory per input pixel of a network that does not say: a wide one's. */
const DEFAULT_BYTES_PER_PIXEL = 24_576;
/** Share of the memory there is that the pipeline plans with; the rest is the runtime's and the weights'. */
const PLANNED_SHARE = 0.9;
/** Share of a network's working memory that its largest single tensor takes, at most: the tail's in super-resolution. */
const LARGEST_TENSOR_SHARE = 0.3;

export interface TileRequest {
  /** `auto`, 0 for the whole picture at once, or a side in input pixels. */
  readonly tile: number | 'auto';
  /** Size of the padded input. */
  readonly size: PixelSize;
  readonly limits: BackendLimits;
  readonly descriptor: ModelDescriptor;
  /** Bytes the network's work may take, if the user says. */
  readonly maxMemoryBytes?: number;
}

/**
 * The side of tiles in input pixels: as asked, or the default made smaller until it fits in memory.
 * @throws OptionError for a side that is negative, fractional or below the network's size multiple
 */
export function chooseTile({ tile, size, limits, descriptor, maxMemoryBytes }: TileRequest): number {
  const { sizeMultiple } = descriptor;
  const whole = Math.max(size.height, size.width);
  if (tile === 0) return whole;
  if (tile !== 'auto') {
    if (Number.isInteger(tile) && tile >= sizeMultiple) return tile;
    throw new OptionError({
      subject: `tile ${tile}`,
      problem: `is not a whole number of at least ${sizeMultiple} pixels`,
      remedy: 'give a larger tile, 0 for none, or auto',
    });
  }
  const bytesPerPixel = workingBytes({ descriptor, limits, size: { height: 1, width: 1 } });
  const budget = Math.min(
    limits.maxMemoryBytes ?? Number.POSITIVE_INFINITY,
    maxMemoryBytes ?? Number.POSITIVE_INFINITY,
  );
  const byMemory = (PLANNED_SHARE * budget) / bytesPerPixel;
  const byTensor = limits.maxTensorBytes / (LARGEST_TENSOR_SHARE * bytesPerPixel);
  const side = Math.floor(Math.sqrt(Math.min(byMemory, byTensor)));
  return Math.max(2 * sizeMultiple, Math.min(DEFAULT_TILE, side));
}

/** Bytes that a network's work on an input of a size takes at most, on a backend of these limits. */
export function workingBytes({
  descriptor: { workingBytesPerPixel, fusedBytesPerPixel },
  limits: { fusesOps = false },
  size: { height, width },
}: Pick<TileRequest, 'descriptor' | 'limits' | 'size'>): number {
  const fused = fusesOps ? fusedBytesPerPixel : undefined;
  return height * width * (fused ?? workingBytesPerPixel ?? DEFAULT_BYTES_PER_PIXEL);
}
