import { createRandomSource, standardNormal } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { gamma } from './gamma';
import { createAsymmetricFit } from './generalized-gaussian';
import { halve } from './halve';

describe('gamma', () => {
  it.each([
    [1, 1],
    [5, 24],
    [15, 87_178_291_200],
    [0.5, Math.sqrt(Math.PI)],
    [1.5, Math.sqrt(Math.PI) / 2],
    [0.1, 9.513507698668732],
  ])('of %d', (x, expected) => {
    expect(Math.abs(gamma(x) / expected - 1)).toBeLessThan(1e-13);
  });
});

describe('the asymmetric fit', () => {
  const fit = createAsymmetricFit();

  it('finds the shape and scale of Gaussian values', () => {
    const values = Float64Array.from(standardNormal(createRandomSource(1), 200_000));
    const { shape, leftScale, rightScale, mean } = fit(values);
    // Estimates from 200,000 values; a Gaussian of variance 1 has scale √2.
    expect(shape).toBeCloseTo(2, 1);
    expect(leftScale).toBeCloseTo(Math.SQRT2, 1);
    expect(rightScale).toBeCloseTo(Math.SQRT2, 1);
    expect(mean).toBeCloseTo(0, 1);
  });

  it('tells the sides apart', () => {
    const values = Float64Array.from(standardNormal(createRandomSource(2), 50_000), (v) =>
      v > 0 ? 3 * v : v,
    );
    const { leftScale, rightScale, mean } = fit(values);
    expect(rightScale / leftScale).toBeCloseTo(3, 1);
    expect(mean).toBeGreaterThan(1);
  });

  it('does not exist without values on both sides', () => {
    expect(fit(new Float64Array(10)).leftScale).toBeNaN();
    expect(fit(Float64Array.from([1, 2, 3])).mean).toBeNaN();
  });
});

describe('halve', () => {
  it("is MATLAB's imresize(x, 0.5)", () => {
    const squares = Float64Array.from({ length: 64 }, (_, index) => (index % 8) ** 2);
    const { width, height, values } = halve({ width: 8, height: 8, values: squares });
    expect([width, height]).toEqual([4, 4]);
    // The weights written out: cubic(±¼, ±¾, ±1¼, ±1¾)/2 at twice the width, mirrored at the edge.
    expect(Array.from(values.slice(4, 8))).toEqual(
      [0.30078125, 6.26171875, 20.42578125, 43.01171875].map((value) => expect.closeTo(value, 12)),
    );
  });
});
