import { blendWeights } from './blend-weights';
import type { Span } from './tile-plan';

/**
 * Where finished rows go: rows `firstRow …` of the output, `width`·`channels` values each. The array is
 * used again once the sink is done.
 */
export type RowSink = (rows: Float32Array, firstRow: number) => void | Promise<void>;

export interface BandBlenderOptions {
  /** Tiles along the height and the width, in output pixels. */
  readonly rows: readonly Span[];
  readonly columns: readonly Span[];
  /** Output size; what tiles have beyond it is cut off. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Puts tiles together band by band, keeping no more than one band of rows. */
export interface BandBlender {
  /** Adds the tile in band `row`, column `column`: `rows.size`×`columns.size`×`channels` values. */
  add(row: number, column: number, tile: Float32Array): void;
  /** Takes the rows that are finished once all tiles of band `row` are in. */
  finish(row: number, sink: RowSink): Promise<void>;
}

/** A blender for tiles on this grid, added in any order within a band, band after band. */
export function createBandBlender(options: BandBlenderOptions): BandBlender {
  const { rows, columns, height, width, channels } = options;
  const rowWeights = blendWeights(rows);
  const columnWeights = blendWeights(columns);
  const rowLength = width * channels;
  // One band of rows, used again for every band: first the rows carried over from the band before.
  const tallest = Math.max(...rows.map(({ size }) => size));
  const band = new Float32Array(Math.min(tallest, height) * rowLength);

  return {
    add(row, column, tile) {
      const rowSpan = at(rows, row);
      const columnSpan = at(columns, column);
      const [down, across] = [at(rowWeights, row), at(columnWeights, column)];
      const visibleRows = Math.min(rowSpan.size, height - rowSpan.start);
      const visibleColumns = Math.min(columnSpan.size, width - columnSpan.start);
      for (let y = 0; y < visibleRows; y++) {
        const target = y * rowLength + columnSpan.start * channels;
        const source = y * columnSpan.size * channels;
        for (let x = 0; x < visibleColumns; x++) {
          const weight = (down[y] ?? 0) * (across[x] ?? 0);
          for (let channel = 0; channel < channels; channel++) {
            const index = x * channels + channel;
            band[target + index] = (band[target + index] ?? 0) + weight * (tile[source + index] ?? 0);
          }
        }
      }
    },
    async finish(row, sink) {
      const { start } = at(rows, row);
      const nextStart = rows[row + 1]?.start ?? height;
      const finished = (nextStart - start) * rowLength;
      await sink(band.subarray(0, finished), start);
      band.copyWithin(0, finished);
      band.fill(0, band.length - finished);
    },
  };
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no tile ${index} of ${items.length}`);
  return item;
}
