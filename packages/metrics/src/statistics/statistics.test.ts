import { createRandomSource, OptionError, standardNormal } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { bootstrapMean } from './bootstrap';
import { summarize } from './summary';

describe('summarize', () => {
  it('gives the usual numbers', () => {
    expect(summarize([4, 1, 2, 9])).toEqual({
      count: 4,
      mean: 4,
      standardDeviation: Math.sqrt(38 / 3),
      minimum: 1,
      median: 3,
      maximum: 9,
    });
  });

  it('of one value is that value', () => {
    expect(summarize([7])).toMatchObject({
      mean: 7,
      standardDeviation: 0,
      minimum: 7,
      median: 7,
      maximum: 7,
    });
  });

  it('of infinite values is infinite, not NaN', () => {
    const infinite = Number.POSITIVE_INFINITY;
    expect(summarize([infinite, infinite])).toMatchObject({ mean: infinite, median: infinite });
  });

  it('refuses nothing', () => {
    expect(() => summarize([])).toThrow(OptionError);
  });
});

describe('bootstrapMean', () => {
  const values = Array.from(standardNormal(createRandomSource(1), 400));

  it('is about ±1.96 standard errors of a Gaussian sample', () => {
    const { mean, standardDeviation } = summarize(values);
    const { lower, upper } = bootstrapMean(values);
    const expected = (1.96 * standardDeviation) / Math.sqrt(400);
    // The bounds are themselves estimates, good to a few percent with 10,000 resamples.
    expect((mean - lower) / expected).toBeCloseTo(1, 1);
    expect((upper - mean) / expected).toBeCloseTo(1, 1);
  });

  it('narrows with less confidence', () => {
    const [wide, narrow] = [bootstrapMean(values), bootstrapMean(values, { confidence: 0.5 })];
    expect(narrow.upper - narrow.lower).toBeLessThan((wide.upper - wide.lower) / 2);
  });

  it('repeats itself by seed, and says how it came about', () => {
    const options = { resamples: 200, seed: 3 };
    expect(bootstrapMean(values, options)).toEqual(bootstrapMean(values, options));
    expect(bootstrapMean(values, options)).toMatchObject({ ...options, confidence: 0.95 });
    expect(bootstrapMean(values, { ...options, seed: 4 }).lower).not.toBe(
      bootstrapMean(values, options).lower,
    );
  });

  it('of one value is that value', () => {
    expect(bootstrapMean([5], { resamples: 10 })).toMatchObject({ lower: 5, upper: 5 });
  });

  it.each([{ confidence: 1 }, { confidence: 0 }, { resamples: 0 }, { resamples: 1.5 }])(
    'refuses %o',
    (options) => {
      expect(() => bootstrapMean(values, options)).toThrow(OptionError);
    },
  );

  it('refuses nothing', () => {
    expect(() => bootstrapMean([])).toThrow(OptionError);
  });
});
