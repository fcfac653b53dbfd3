import { OutOfMemoryError } from '../errors/out-of-memory-error';
import type { ModelDescriptor } from '../model/model';
import type { Region } from './image-region';
import type { NetworkRequest, RegionValues } from './network-request';
import { restoreGrid } from './restore-grid';
import { planSpans } from './tile-plan';

/** What restoring tiles of one picture needs to know of it. */
export interface TileRestorerOptions {
  readonly descriptor: ModelDescriptor;
  /** Side and overlap of the tiles in input pixels. */
  readonly tile: number;
  readonly overlap: number;
  /** The task's inputs over a region. */
  readonly valuesOf: (region: Region) => Promise<RegionValues>;
  /** Has a request answered; throws to stop. */
  readonly run: (request: NetworkRequest) => Promise<Float32Array>;
  /** The whole picture's IPR. */
  readonly ipr: Float32Array | undefined;
}

/**
 * Restores tiles with the picture's IPR. A tile for which memory runs out is split, and later ones are
 * not tried at its size: tiles are of one size, so that what happened to one would happen to all.
 */
export function createTileRestorer(options: TileRestorerOptions): (region: Region) => Promise<Float32Array> {
  const { descriptor, overlap, valuesOf, run, ipr } = options;
  const { scale, sizeMultiple: multiple, outputChannels: channels } = descriptor;
  let largest = options.tile;

  async function restoreInParts({ rows, columns }: Region): Promise<Float32Array> {
    const parts = { tile: largest, overlap: Math.min(overlap, Math.floor(largest / 4)), multiple };
    const values = new Float32Array(rows.size * columns.size * scale * scale * channels);
    await restoreGrid(
      {
        rows: planSpans({ length: rows.size, ...parts }),
        columns: planSpans({ length: columns.size, ...parts }),
        size: { height: rows.size, width: columns.size },
      },
      {
        scale,
        channels,
        restoreTile: (part) =>
          restoreTile({
            rows: { ...part.rows, start: rows.start + part.rows.start },
            columns: { ...part.columns, start: columns.start + part.columns.start },
          }),
        sink: (finished, firstRow) => values.set(finished, firstRow * columns.size * scale * channels),
      },
    );
    return values;
  }

  async function restoreTile(region: Region): Promise<Float32Array> {
    const side = Math.max(region.rows.size, region.columns.size);
    if (side > largest && side > multiple) return restoreInParts(region);
    try {
      return await run({ part: 'restore', inputs: await valuesOf(region), ...(ipr && { ipr }) });
    } catch (error) {
      const half = Math.floor(side / 2 / multiple) * multiple;
      if (!OutOfMemoryError.isInstance(error) || half < multiple) throw error;
      largest = Math.min(largest, half);
      return restoreInParts(region);
    }
  }

  return restoreTile;
}
