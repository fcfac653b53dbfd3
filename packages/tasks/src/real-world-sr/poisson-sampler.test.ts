import { createRandomSource } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { poissonSampler } from './poisson-sampler';

const DRAWS = 40_000;

/** e^−λ λ^k / k! */
function probability(mean: number, k: number): number {
  let share = Math.exp(-mean);
  for (let i = 1; i <= k; i++) share *= mean / i;
  return share;
}

describe('poissonSampler', () => {
  it.each([0.1, 1, 3.7, 40, 255.5])('has the mean, variance and shares of mean %s', (mean) => {
    const random = createRandomSource(5);
    const sample = poissonSampler(mean);
    const draws = Array.from({ length: DRAWS }, () => sample(random));
    const average = draws.reduce((sum, draw) => sum + draw, 0) / DRAWS;
    const variance = draws.reduce((sum, draw) => sum + (draw - average) ** 2, 0) / DRAWS;
    // Five standard errors; the fourth central moment is λ + 3λ².
    expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(mean / DRAWS));
    expect(Math.abs(variance - mean)).toBeLessThan(5 * Math.sqrt((mean + 2 * mean ** 2) / DRAWS));
    for (const k of [Math.floor(mean), Math.floor(mean) + 1]) {
      const share = draws.filter((draw) => draw === k).length / DRAWS;
      const expected = probability(mean, k);
      expect(Math.abs(share - expected)).toBeLessThan(5 * Math.sqrt(expected / DRAWS));
    }
  });

  it('inverts the distribution function: each draw is the first outcome whose share it falls into', () => {
    for (const mean of [0.3, 2, 17.25, 128]) {
      const sample = poissonSampler(mean);
      let below = 0;
      for (let k = 0; k < mean + 3 * Math.sqrt(mean); k++) {
        const share = probability(mean, k);
        if (share > 1e-9) {
          expect(sample(() => below + share * 0.001)).toBe(k);
          expect(sample(() => below + share * 0.999)).toBe(k);
        }
        below += share;
      }
    }
  });

  it('draws nothing but 0 of mean 0, and ends in the tail', () => {
    const sample = poissonSampler(0);
    expect([0, 0.5, 1 - 2 ** -53].map((draw) => sample(() => draw))).toEqual([0, 0, 0]);
    const last = poissonSampler(4)(() => 1 - 2 ** -53);
    expect(last).toBeGreaterThan(20);
    expect(last).toBeLessThan(40);
  });
});
