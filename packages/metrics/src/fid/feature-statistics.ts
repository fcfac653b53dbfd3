import { OptionError } from '@diffir/core';

/** Mean and covariance of feature vectors: all of a set of images that FID needs. */
export interface GaussianStatistics {
  /** Length of a feature vector. */
  readonly dimensions: number;
  /** How many vectors it was taken over; not known of statistics read from a file. */
  readonly count?: number;
  readonly mean: Float64Array;
  /** `dimensions`² values row by row, symmetric, divided by count − 1. */
  readonly covariance: Float64Array;
}

/** Statistics that grow as features come in, in memory that does not. */
export interface FeatureStatistics {
  readonly count: number;
  /** Takes in feature vectors, one behind the other. */
  add(features: ArrayLike<number>): void;
  /**
   * What has come in so far.
   * @throws OptionError for fewer than two vectors, which have no covariance
   */
  finish(): GaussianStatistics;
}

/**
 * Running mean and scatter (Welford 1962): with δ the distance of the n-th vector from the mean before it,
 * μ += δ/n and S += (n−1)/n·δδᵀ. Subtracts no large numbers, whatever the mean. Double precision.
 */
export function createFeatureStatistics(dimensions: number): FeatureStatistics {
  const mean = new Float64Array(dimensions);
  // The upper triangle is what is kept up to date.
  const scatter = new Float64Array(dimensions * dimensions);
  const delta = new Float64Array(dimensions);
  let count = 0;

  function addOne(features: ArrayLike<number>, start: number): void {
    count++;
    for (let i = 0; i < dimensions; i++) {
      delta[i] = (features[start + i] ?? 0) - (mean[i] ?? 0);
      mean[i] = (mean[i] ?? 0) + (delta[i] ?? 0) / count;
    }
    const weight = (count - 1) / count;
    for (let row = 0; row < dimensions; row++) {
      const scaled = weight * (delta[row] ?? 0);
      for (let column = row, at = row * dimensions + row; column < dimensions; column++, at++) {
        scatter[at] = (scatter[at] ?? 0) + scaled * (delta[column] ?? 0);
      }
    }
  }

  return {
    get count() {
      return count;
    },
    add(features) {
      if (features.length % dimensions !== 0) {
        throw new OptionError({
          subject: 'features',
          problem: `${features.length} values are no whole number of vectors of length ${dimensions}`,
        });
      }
      for (let start = 0; start < features.length; start += dimensions) addOne(features, start);
    },
    finish() {
      if (count < 2) {
        throw new OptionError({
          subject: 'FID',
          problem: `a set of ${count} has no covariance`,
          remedy: 'compare sets of at least two images (the literature uses thousands)',
        });
      }
      const covariance = Float64Array.from(scatter, (_, at) => {
        const [row, column] = [Math.floor(at / dimensions), at % dimensions];
        const upper = row <= column ? at : column * dimensions + row;
        return (scatter[upper] ?? 0) / (count - 1);
      });
      return { dimensions, count, mean: mean.slice(), covariance };
    },
  };
}
