import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** √(d·A⁺·d) for a symmetric A, row by row; A⁺ leaves out what is nothing beside the largest eigenvalue. */
export function mahalanobis(difference: Float64Array, matrix: Float64Array): number {
  const size = difference.length;
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    Matrix.from1DArray(size, size, matrix),
    { assumeSymmetric: true },
  );
  // MATLAB's pinv.
  const threshold = size * Number.EPSILON * Math.max(...realEigenvalues);
  const sum = realEigenvalues.reduce((total, value, index) => {
    if (value <= threshold) return total;
    const along = difference.reduce((dot, d, row) => dot + d * eigenvectorMatrix.get(row, index), 0);
    return total + (along * along) / value;
  }, 0);
  return Math.sqrt(sum);
}
