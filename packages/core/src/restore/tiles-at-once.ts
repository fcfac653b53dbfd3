import type { ModelDescriptor } from '../model/model';
import { workingBytes } from './choose-tile';
import type { PixelSize } from './image-region';

interface TilesAtOnceOptions {
  /** How many tiles could be under way at once. */
  readonly concurrency: number;
  /** Size of a tile in input pixels. */
  readonly tile: PixelSize;
  readonly descriptor: ModelDescriptor;
  /** Bytes that all of them may take; undefined where that is no matter. */
  readonly memoryBytes: number | undefined;
}

/**
 * How many tiles to have under way at once. Where memory is short these become fewer, never smaller: the
 * result must not depend on who computes it.
 */
export function tilesAtOnce({ concurrency, tile, descriptor, memoryBytes }: TilesAtOnceOptions): number {
  if (memoryBytes === undefined) return concurrency;
  const fitting = Math.floor(memoryBytes / workingBytes(descriptor, tile));
  return Math.max(1, Math.min(concurrency, fitting));
}
