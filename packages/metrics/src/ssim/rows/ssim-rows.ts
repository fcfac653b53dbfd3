import { gaussian } from '../../pixels/gaussian';
import { ssimWindow } from '../ssim-settings';

const { size, sigma } = ssimWindow;

/** What local means are taken of: x, y, x² + y² and x·y. Of x² and y² only the sum is needed. */
export const MAPS = 4;
/** Most columns of results worked on at once: what the filter sees of them stays in the processor's cache. */
export const STRIP = 64;
/** Columns of a line: those of a strip and what the window reaches beyond, rounded up. */
export const LINE = STRIP + size + 5;
/** Rows filtered along themselves that are kept; whoever fills them starts over at the top when they are full. */
export const KEPT_ROWS = 64;
/** Values in a kept row: its maps one after the other. */
export const ROW = MAPS * STRIP;

/** The window is symmetric: the centre, then what lies 1 … 5 samples from it on either side. */
export const halfWindow: readonly number[] = [...gaussian(size, sigma).slice((size - 1) / 2)];

/**
 * The Gaussian window on strips of columns, along rows and then down columns. Implementations give the same bits:
 * the same operations in the same order.
 */
export interface SsimRows {
  /** A row of both pictures, to be filled: `count` + 10 values each. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The local means of the maps, `STRIP` values each. */
  readonly means: Float64Array;
  /** Filters the maps of `x` and `y` along the row, into a kept row. */
  along(row: number, count: number): void;
  /** Combines eleven kept rows, from `row` on, into `means`. */
  down(row: number, count: number): void;
  /** Makes the last ten kept rows the first ten. */
  restart(): void;
}

/** The last kept rows that the next window needs. */
export function keepLast(rows: Float64Array): void {
  rows.copyWithin(0, (KEPT_ROWS - size + 1) * ROW, KEPT_ROWS * ROW);
}
