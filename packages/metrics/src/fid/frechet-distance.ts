import { OptionError } from '@diffir/core';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { GaussianStatistics } from './feature-statistics';
import { pivotedCholesky } from './pivoted-cholesky';
import { congruence } from './symmetric-product';

/**
 * Squared Fréchet distance of two Gaussians (Dowson and Landau 1982), which FID is:
 * |μ₁ − μ₂|² + tr Σ₁ + tr Σ₂ − 2·tr √(√Σ₁·Σ₂·√Σ₁). With any F for which Σ₁ = Fᵀ·F, the last matrix has the
 * eigenvalues of the symmetric F·Σ₂·Fᵀ (and zeros), whose roots are summed: nothing complex can arise, unlike
 * from a root of Σ₁·Σ₂, and singular covariances (fewer images than dimensions) need no correction. F has as
 * many rows as Σ₁ has rank, which makes small sets fast.
 * @throws OptionError when the two differ in dimensions
 */
export function frechetDistance(a: GaussianStatistics, b: GaussianStatistics): number {
  const { dimensions } = a;
  if (b.dimensions !== dimensions) {
    throw new OptionError({
      subject: 'FID',
      problem: `features of ${dimensions} values are compared with features of ${b.dimensions}`,
      remedy: 'compute both with the same network',
    });
  }
  // The rank is less than the number of images, so the smaller set leaves the smaller matrix.
  const [first, second] = (a.count ?? Infinity) <= (b.count ?? Infinity) ? [a, b] : [b, a];
  const means = a.mean.reduce((sum, value, index) => sum + (value - (b.mean[index] ?? 0)) ** 2, 0);
  const distance = means + trace(a) + trace(b) - 2 * traceOfRoot(first, second);
  // Rounding may leave a set at a tiny negative distance from itself.
  return Math.max(0, distance);
}

function trace({ covariance, dimensions }: GaussianStatistics): number {
  let sum = 0;
  for (let index = 0; index < dimensions; index++) sum += covariance[index * (dimensions + 1)] ?? 0;
  return sum;
}

/** tr √(√Σ₁·Σ₂·√Σ₁). */
function traceOfRoot(a: GaussianStatistics, b: GaussianStatistics): number {
  const { factor, rank } = pivotedCholesky(a.covariance, a.dimensions);
  if (rank === 0) return 0;
  const inner = congruence(factor, b.covariance, rank, a.dimensions);
  const { realEigenvalues } = new EigenvalueDecomposition(Matrix.from1DArray(rank, rank, inner), {
    assumeSymmetric: true,
  });
  return realEigenvalues.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
}
