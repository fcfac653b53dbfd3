import { PEAK } from '../pixels/planes';
import { scalarRows } from './rows/scalar-rows';
import { KEPT_ROWS, type SsimRows, STRIP } from './rows/ssim-rows';
import { wasmRows } from './rows/wasm-rows';
import { ssimWindow } from './ssim-settings';

const { size: SIZE, k1, k2 } = ssimWindow;
/** What the window reaches beyond its centre on both sides together. */
const REACH = SIZE - 1;
const C1 = (k1 * PEAK) ** 2;
const C2 = (k2 * PEAK) ** 2;

/** The smallest side that SSIM is defined for. */
export const smallestSsimSide = SIZE;

interface PlaneOptions {
  readonly width: number;
  readonly height: number;
  readonly rows: SsimRows;
}

/** The quicker way here to filter rows; to be made once for many pictures. */
export function createSsimRows(): SsimRows {
  return wasmRows() ?? scalarRows();
}

/**
 * Mean SSIM of two planes in 8-bit levels. The Gaussian is separable: each row is filtered along itself once, and
 * the last 11 filtered rows are combined down the columns, strip by strip of columns.
 */
export function ssimOfPlane(a: Float64Array, b: Float64Array, { width, height, rows }: PlaneOptions): number {
  const columns = width - REACH;
  let sum = 0;
  for (let column = 0; column < columns; column += STRIP) {
    const count = Math.min(STRIP, columns - column);
    for (let y = 0, row = 0; y < height; y++, row++) {
      if (row === KEPT_ROWS) {
        rows.restart();
        row = REACH;
      }
      copyLine(a, rows.x, y * width + column, count + REACH);
      copyLine(b, rows.y, y * width + column, count + REACH);
      rows.along(row, count);
      if (y < REACH) continue;
      rows.down(row - REACH, count);
      sum += sumSsim(rows.means, count);
    }
  }
  return sum / (columns * (height - REACH));
}

function copyLine(plane: Float64Array, line: Float64Array, start: number, count: number): void {
  for (let i = 0; i < count; i++) line[i] = plane[start + i] ?? 0;
}

/** Equation 13 of the paper, summed over a row of local means. */
function sumSsim(means: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const u = means[i] ?? 0;
    const v = means[STRIP + i] ?? 0;
    const squares = u * u + v * v;
    const variances = (means[2 * STRIP + i] ?? 0) - squares;
    const covariance = (means[3 * STRIP + i] ?? 0) - u * v;
    sum += ((2 * u * v + C1) * (2 * covariance + C2)) / ((squares + C1) * (variances + C2));
  }
  return sum;
}
