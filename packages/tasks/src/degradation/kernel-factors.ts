import type { BlurKernel } from '@diffir/core';

/** A kernel as the product of a column and a row: weights[y][x] = column[y] · row[x]. */
export interface KernelFactors {
  readonly row: readonly number[];
  readonly column: readonly number[];
}

// Far above the rounding of a product of doubles, far below what a sum of samples in [0, 1] could show.
const TOLERANCE = 1e-13;

/** The factors of a kernel that is such a product, as an upright Gaussian is; undefined for any other. */
export function factorKernel({ size, weights }: BlurKernel): KernelFactors | undefined {
  let peak = 0;
  weights.forEach((weight, index) => {
    if (Math.abs(weight) > Math.abs(weights[peak] ?? 0)) peak = index;
  });
  const [x0, y0, largest] = [peak % size, Math.floor(peak / size), weights[peak] ?? 0];
  if (largest === 0) return undefined;
  const row = Array.from({ length: size }, (_, x) => weights[y0 * size + x] ?? 0);
  const column = Array.from({ length: size }, (_, y) => (weights[y * size + x0] ?? 0) / largest);
  const bound = TOLERANCE * Math.abs(largest);
  const isProduct = weights.every((weight, index) => {
    const product = (column[Math.floor(index / size)] ?? 0) * (row[index % size] ?? 0);
    return Math.abs(weight - product) <= bound;
  });
  // A single sample, or a line of them, is faster as it is.
  const used = (factor: readonly number[]) => factor.filter((weight) => weight !== 0).length;
  return isProduct && used(row) > 1 && used(column) > 1 ? { row, column } : undefined;
}
