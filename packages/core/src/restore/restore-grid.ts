import { createBandBlender, type RowSink } from './band-blender';
import type { PixelSize, Region } from './image-region';
import { inOrder } from './in-order';
import type { Span } from './tile-plan';

/** Tiles over an area of the network's input. */
export interface Grid {
  readonly rows: readonly Span[];
  readonly columns: readonly Span[];
  /** Size of the area; what tiles have beyond it is cut off. */
  readonly size: PixelSize;
}

export interface RestoreGridOptions {
  /** Output size over input size, and the output's channels. */
  readonly scale: number;
  readonly channels: number;
  /** How many tiles are under way at once; default 1. */
  readonly concurrency?: number;
  /** The network's output over one tile, row by row. */
  readonly restoreTile: (region: Region) => Promise<Float32Array>;
  /** Gets the blended rows of the output as they are finished. */
  readonly sink: RowSink;
}

/**
 * Restores tile by tile and blends, keeping one band of rows. Up to `concurrency` tiles are under way at
 * once, in order; they are blended in order too, so the result does not depend on their timing.
 */
export async function restoreGrid(grid: Grid, options: RestoreGridOptions): Promise<void> {
  const { scale, channels, concurrency = 1, restoreTile, sink } = options;
  const enlarge = ({ start, size }: Span) => ({ start: start * scale, size: size * scale });
  const blender = createBandBlender({
    rows: grid.rows.map(enlarge),
    columns: grid.columns.map(enlarge),
    height: grid.size.height * scale,
    width: grid.size.width * scale,
    channels,
  });
  const regions = grid.rows.flatMap((rows) => grid.columns.map((columns) => ({ rows, columns })));
  for await (const { item: tile, index } of inOrder(regions, concurrency, restoreTile)) {
    const row = Math.floor(index / grid.columns.length);
    const column = index % grid.columns.length;
    blender.add(row, column, tile);
    if (column === grid.columns.length - 1) await blender.finish(row, sink);
  }
}
