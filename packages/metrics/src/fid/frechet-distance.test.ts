import { createRandomSource, standardNormal } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { createFeatureStatistics, type GaussianStatistics } from './feature-statistics';
import { frechetDistance } from './frechet-distance';

/** Statistics of Gaussian features, mixed so that dimensions are correlated. */
function sample(seed: number, { count = 200, dimensions = 12, offset = 0 } = {}): GaussianStatistics {
  const noise = standardNormal(createRandomSource(seed), count * dimensions);
  const statistics = createFeatureStatistics(dimensions);
  for (let row = 0; row < count; row++) {
    const own = noise.subarray(row * dimensions, (row + 1) * dimensions);
    statistics.add(
      own.map(
        (value, index) => offset + value * (1 + (seed % 3)) + 0.5 * (own[(index + 1) % dimensions] ?? 0),
      ),
    );
  }
  return statistics.finish();
}

function diagonal(mean: readonly number[], deviations: readonly number[]): GaussianStatistics {
  const dimensions = mean.length;
  const covariance = new Float64Array(dimensions * dimensions);
  for (const [index, deviation] of deviations.entries())
    covariance[index * (dimensions + 1)] = deviation ** 2;
  return { dimensions, mean: Float64Array.from(mean), covariance };
}

/** The same Gaussian in coordinates turned by an angle in the plane of the first two. */
function turned({ dimensions, mean, covariance }: GaussianStatistics, angle: number): GaussianStatistics {
  const rotation = (row: number, column: number) => {
    if (row > 1 || column > 1) return row === column ? 1 : 0;
    return row === column ? Math.cos(angle) : (row - column) * Math.sin(angle);
  };
  const all = Array.from({ length: dimensions }, (_, index) => index);
  const product = (row: number, column: number) =>
    all.reduce(
      (sum, i) =>
        sum +
        all.reduce(
          (s, j) => s + rotation(row, i) * (covariance[i * dimensions + j] ?? 0) * rotation(column, j),
          0,
        ),
      0,
    );
  return {
    dimensions,
    mean: Float64Array.from(all, (row) => all.reduce((sum, i) => sum + rotation(row, i) * (mean[i] ?? 0), 0)),
    covariance: Float64Array.from({ length: dimensions ** 2 }, (_, at) =>
      product(Math.floor(at / dimensions), at % dimensions),
    ),
  };
}

const traceOf = ({ covariance, dimensions }: GaussianStatistics) =>
  covariance.reduce((sum, value, at) => (at % (dimensions + 1) === 0 ? sum + value : sum), 0);

describe('frechetDistance', () => {
  it('of commuting covariances is |μ₁ − μ₂|² + Σ (σ₁ − σ₂)²', () => {
    const a = diagonal([1, 2, 3], [1, 0.5, 2]);
    const b = diagonal([0, 2, 5], [3, 0.25, 0]);
    const expected = 1 + 0 + 4 + 4 + 0.0625 + 4;
    expect(frechetDistance(a, b)).toBeCloseTo(expected, 12);
    expect(frechetDistance(turned(a, 0.7), turned(b, 0.7))).toBeCloseTo(expected, 12);
  });

  it('of covariances that do not commute is the closed form for two dimensions', () => {
    const a = diagonal([0, 0], [2, 0.5]);
    const b = turned(diagonal([0, 0], [1, 3]), 0.6);
    // tr √M = √(tr M + 2·√det M) for a 2×2 matrix M, here Σ₁·Σ₂.
    const [p = 0, , , q = 0] = b.covariance;
    const product = 4 * p + 0.25 * q;
    const determinant = 4 * 0.25 * 1 * 9;
    const expected = traceOf(a) + traceOf(b) - 2 * Math.sqrt(product + 2 * Math.sqrt(determinant));
    expect(frechetDistance(a, b)).toBeCloseTo(expected, 12);
    expect(frechetDistance(b, a)).toBeCloseTo(expected, 12);
  });

  it.each([
    ['more images than dimensions', {}],
    ['fewer images than dimensions', { count: 7 }],
    ['features far from zero', { offset: 1e4 }],
  ])('of a set with itself is 0: %s', (_, options) => {
    const set = sample(1, options);
    expect(frechetDistance(set, set) / traceOf(set)).toBeLessThan(1e-6);
  });

  it('of a set with itself is 0 for variances over nine orders of magnitude', () => {
    const deviations = Array.from({ length: 40 }, (_, index) => 10 ** (-index / 9));
    const set = turned(diagonal(Array(40).fill(1), deviations), 0.4);
    expect(frechetDistance(set, set) / traceOf(set)).toBeLessThan(1e-6);
  });

  it.each([{}, { count: 7 }])('is symmetric and positive, %o', (options) => {
    const [a, b] = [sample(1, options), sample(2)];
    const distance = frechetDistance(a, b);
    expect(distance).toBeGreaterThan(1);
    expect(frechetDistance(b, a)).toBeCloseTo(distance, 8);
  });

  it('names features of different length', () => {
    expect(() => frechetDistance(sample(1), sample(2, { dimensions: 5 }))).toThrow(
      /12 values .* features of 5/,
    );
  });
});

describe('createFeatureStatistics', () => {
  it('gives mean and covariance of two passes, in whatever portions features come', () => {
    const [dimensions, count] = [5, 40];
    const values = standardNormal(createRandomSource(3), dimensions * count).map((value) => 1000 + value);
    const statistics = createFeatureStatistics(dimensions);
    statistics.add(values.subarray(0, dimensions));
    statistics.add(values.subarray(dimensions));
    const { mean, covariance } = statistics.finish();
    const column = (index: number) =>
      Array.from({ length: count }, (_, row) => values[row * dimensions + index] ?? 0);
    const average = (some: number[]) => some.reduce((sum, value) => sum + value, 0) / some.length;
    for (let i = 0; i < dimensions; i++) {
      expect(mean[i]).toBeCloseTo(average(column(i)), 9);
      for (let j = 0; j < dimensions; j++) {
        const [a, b] = [average(column(i)), average(column(j))];
        const products = column(i).map((value, row) => (value - a) * ((column(j)[row] ?? 0) - b));
        expect(covariance[i * dimensions + j]).toBeCloseTo((average(products) * count) / (count - 1), 9);
      }
    }
  });

  it('refuses broken vectors and sets without a covariance', () => {
    const statistics = createFeatureStatistics(3);
    expect(() => statistics.add([1, 2])).toThrow(/2 values are no whole number of vectors/);
    expect(() => statistics.finish()).toThrow(/a set of 0 has no covariance/);
    statistics.add([1, 2, 3]);
    expect(() => statistics.finish()).toThrow(/at least two images/);
    expect(statistics.count).toBe(1);
  });
});
