/** A matrix F of `rank` rows, one behind the other, with Fᵀ·F the matrix that was factored. */
export interface CholeskyFactor {
  readonly factor: Float64Array;
  readonly rank: number;
}

/**
 * Cholesky factor of a symmetric positive semidefinite n×n matrix, row by row, with complete pivoting
 * (Higham 1990): the largest remaining diagonal element comes next, and what is nothing beside the first is
 * left out, so that singular matrices are factored as stably as regular ones.
 */
export function pivotedCholesky(matrix: Float64Array, n: number): CholeskyFactor {
  const factor = new Float64Array(n * n);
  const diagonal = Float64Array.from({ length: n }, (_, index) => matrix[index * (n + 1)] ?? 0);
  // Well above the rounding that a finished row leaves on the diagonal, so that no row comes twice.
  const threshold = (n + 2) * Number.EPSILON * Math.max(0, ...diagonal);
  for (let rank = 0; rank < n; rank++) {
    const pivot = indexOfLargest(diagonal);
    const largest = diagonal[pivot] ?? 0;
    if (!(largest > threshold)) return { factor: factor.slice(0, rank * n), rank };
    const row = factor.subarray(rank * n, (rank + 1) * n);
    row.set(matrix.subarray(pivot * n, (pivot + 1) * n));
    for (let above = 0; above < rank; above++) {
      const other = factor.subarray(above * n, (above + 1) * n);
      subtractScaled(row, other, other[pivot] ?? 0);
    }
    const scale = 1 / Math.sqrt(largest);
    for (let column = 0; column < n; column++) {
      const value = (row[column] ?? 0) * scale;
      row[column] = value;
      diagonal[column] = (diagonal[column] ?? 0) - value * value;
    }
  }
  return { factor, rank: n };
}

function indexOfLargest(values: Float64Array): number {
  let largest = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? 0) > (values[largest] ?? 0)) largest = index;
  }
  return largest;
}

function subtractScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let index = 0; index < target.length; index++) {
    target[index] = (target[index] ?? 0) - factor * (source[index] ?? 0);
  }
}
