import { describe, expect, it } from 'vitest';
import { medianRatio, summarize } from './statistics';

describe('summarize', () => {
  it('interpolates between the two nearest values, whatever their order', () => {
    expect(summarize([4, 1, 3, 10])).toEqual({
      count: 4,
      min: 1,
      quartile1: 2.5,
      median: 3.5,
      quartile3: 5.5,
      max: 10,
    });
  });

  it('of one value is that value', () => {
    expect(summarize([7])).toMatchObject({ min: 7, quartile1: 7, median: 7, quartile3: 7, max: 7 });
  });

  it('of nothing is NaN', () => {
    expect(summarize([])).toMatchObject({ count: 0, median: Number.NaN });
  });
});

describe('medianRatio', () => {
  it('compares within each round, so that a slow round counts once', () => {
    // The medians alone would say 3 / 2.
    expect(medianRatio([2, 30, 3], [1, 10, 2])).toBe(2);
  });

  it('leaves out rounds that only one of them has', () => {
    expect(medianRatio([2, 100], [1])).toBe(2);
  });
});
