import { gaussian } from '../pixels/gaussian';
import { PEAK } from '../pixels/planes';
import { ssimWindow } from './ssim-settings';

const { size: SIZE, sigma, k1, k2 } = ssimWindow;
const RADIUS = (SIZE - 1) / 2;
const C1 = (k1 * PEAK) ** 2;
const C2 = (k2 * PEAK) ** 2;
// The window is symmetric: the centre, then what lies 1 … 5 samples from it on either side.
const [w0 = 0, w1 = 0, w2 = 0, w3 = 0, w4 = 0, w5 = 0] = gaussian(SIZE, sigma).slice(RADIUS);

/**
 * Mean SSIM of two planes in 8-bit levels. The Gaussian is separable: each row is filtered once along the
 * row, and the last 11 filtered rows are combined down the columns. Of x², y² only the sum is needed.
 */
export function ssimOfPlane(
  a: Float64Array,
  b: Float64Array,
  { width, height }: { readonly width: number; readonly height: number },
): number {
  const columns = width - 2 * RADIUS;
  const rows = height - 2 * RADIUS;
  const ring = Array.from({ length: SIZE }, () => new FilteredRow(columns));
  const down = new FilteredRow(columns);
  const line = new FilteredRow(width);
  let sum = 0;
  for (let y = 0; y < height; y++) {
    fillMoments(line, a, b, y * width);
    const target = ring[y % SIZE];
    if (target === undefined) continue;
    for (const [from, to] of pairs(line, target)) filterAlong(from, to);
    if (y < SIZE - 1) continue;
    const taken = Array.from({ length: SIZE }, (_, tap) => ring[(y + 1 + tap) % SIZE] ?? target);
    filterDown(taken, down);
    sum += sumSsim(down);
  }
  return sum / (columns * rows);
}

/** The smallest side that SSIM is defined for. */
export const smallestSsimSide = SIZE;

/** One row of the local means of x, y, x² + y² and x·y. */
class FilteredRow {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly squares: Float64Array;
  readonly product: Float64Array;

  constructor(length: number) {
    this.x = new Float64Array(length);
    this.y = new Float64Array(length);
    this.squares = new Float64Array(length);
    this.product = new Float64Array(length);
  }
}

function pairs(from: FilteredRow, to: FilteredRow) {
  return [
    [from.x, to.x],
    [from.y, to.y],
    [from.squares, to.squares],
    [from.product, to.product],
  ] as const;
}

function fillMoments(
  { x, y, squares, product }: FilteredRow,
  a: Float64Array,
  b: Float64Array,
  start: number,
) {
  for (let column = 0; column < x.length; column++) {
    const u = a[start + column] ?? 0;
    const v = b[start + column] ?? 0;
    x[column] = u;
    y[column] = v;
    squares[column] = u * u + v * v;
    product[column] = u * v;
  }
}

function filterAlong(s: Float64Array, target: Float64Array): void {
  for (let i = 0; i < target.length; i++) {
    target[i] =
      w0 * (s[i + 5] ?? 0) +
      w1 * ((s[i + 4] ?? 0) + (s[i + 6] ?? 0)) +
      w2 * ((s[i + 3] ?? 0) + (s[i + 7] ?? 0)) +
      w3 * ((s[i + 2] ?? 0) + (s[i + 8] ?? 0)) +
      w4 * ((s[i + 1] ?? 0) + (s[i + 9] ?? 0)) +
      w5 * ((s[i] ?? 0) + (s[i + 10] ?? 0));
  }
}

function filterDown(rows: readonly FilteredRow[], target: FilteredRow): void {
  for (const key of ['x', 'y', 'squares', 'product'] as const) {
    combineRows(
      rows.map((row) => row[key]),
      target[key],
    );
  }
}

function combineRows(rows: readonly Float64Array[], target: Float64Array): void {
  const none = target;
  const [a = none, b = none, c = none, d = none, e = none, f = none, g = none, h = none, i = none] = rows;
  const [j = none, k = none] = rows.slice(9);
  for (let n = 0; n < target.length; n++) {
    target[n] =
      w0 * (f[n] ?? 0) +
      w1 * ((e[n] ?? 0) + (g[n] ?? 0)) +
      w2 * ((d[n] ?? 0) + (h[n] ?? 0)) +
      w3 * ((c[n] ?? 0) + (i[n] ?? 0)) +
      w4 * ((b[n] ?? 0) + (j[n] ?? 0)) +
      w5 * ((a[n] ?? 0) + (k[n] ?? 0));
  }
}

function sumSsim({ x, y, squares, product }: FilteredRow): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const u = x[i] ?? 0;
    const v = y[i] ?? 0;
    const means = u * u + v * v;
    const covariance = (product[i] ?? 0) - u * v;
    const variances = (squares[i] ?? 0) - means;
    sum += ((2 * u * v + C1) * (2 * covariance + C2)) / ((means + C1) * (variances + C2));
  }
  return sum;
}
