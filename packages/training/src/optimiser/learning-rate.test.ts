import { describe, expect, it } from 'vitest';
import {
  constantRate,
  cosineRate,
  multiStepRate,
  parameterRates,
  periodicStepRate,
  warmUp,
} from './learning-rate';

describe('learning rates', () => {
  it('fall at milestones', () => {
    const rate = multiStepRate({ rate: 8, milestones: [10, 20] });
    expect([0, 9, 10, 19, 20, 99].map(rate)).toEqual([8, 8, 4, 4, 2, 2]);
  });

  it('fall periodically', () => {
    const rate = periodicStepRate({ rate: 1, period: 3, factor: 0.5 });
    expect([0, 2, 3, 5, 6].map(rate)).toEqual([1, 1, 0.5, 0.5, 0.25]);
  });

  it('fall along half a cosine and stay at its end', () => {
    const rate = cosineRate({ rate: 3, finalRate: 1, iterations: 4 });
    const expected = [3, 2 + Math.SQRT1_2, 2, 2 - Math.SQRT1_2, 1, 1];
    [0, 1, 2, 3, 4, 5].forEach((iteration, index) => {
      expect(rate(iteration)).toBeCloseTo(expected[index] ?? Number.NaN, 12);
    });
  });

  it('warm up linearly', () => {
    expect([0, 1, 3, 4, 9].map(warmUp(constantRate(8), 4))).toEqual([2, 4, 8, 8, 8]);
    expect(warmUp(constantRate(8), 0)(0)).toBe(8);
  });

  it('are those of the first group that a name fits', () => {
    const groups = [
      { prefixes: ['condition.', 'denoise.'], schedule: constantRate(2) },
      { prefixes: ['condition.mlp.'], schedule: constantRate(3) },
    ];
    const rateOf = parameterRates(constantRate(1), groups)(0);
    expect(['G.output.weight', 'denoise.a', 'condition.mlp.0'].map(rateOf)).toEqual([1, 2, 2]);
  });

  it('need a length', () => {
    expect(() => cosineRate({ rate: 1, iterations: 0 })).toThrow('iterations: 0 is not positive');
    expect(() => periodicStepRate({ rate: 1, period: -1 })).toThrow('period: -1 is not positive');
  });
});
