import { describe, expect, it } from 'vitest';
import { OptionError } from '../errors/option-error';
import { linearSchedule, scheduleFromBetas } from './schedule';

describe('linearSchedule', () => {
  it('is linear in √β between the published ends', () => {
    const { betas, timesteps } = linearSchedule();
    expect(timesteps).toBe(4);
    expect(betas[0]).toBeCloseTo(0.1, 12);
    expect(betas[3]).toBeCloseTo(0.99, 12);
    const roots = betas.map(Math.sqrt);
    const steps = roots.slice(1).map((root, t) => root - (roots[t] ?? 0));
    for (const step of steps) expect(step).toBeCloseTo((Math.sqrt(0.99) - Math.sqrt(0.1)) / 3, 12);
  });

  it('ends the reverse process on the predicted start alone', () => {
    const { posteriorMeanCoef1, posteriorMeanCoef2 } = linearSchedule({ timesteps: 7 });
    expect(posteriorMeanCoef1[0]).toBeCloseTo(1, 12);
    expect(posteriorMeanCoef2[0]).toBeCloseTo(0, 12);
  });

  it('takes a single step', () => {
    expect(linearSchedule({ timesteps: 1 }).betas).toHaveLength(1);
  });

  it('cannot be changed', () => {
    const schedule = linearSchedule();
    expect(Object.isFrozen(schedule)).toBe(true);
    expect(Object.values(schedule).every(Object.isFrozen)).toBe(true);
  });

  it.each([0, -1, 2.5, Number.NaN])('refuses T = %s', (timesteps) => {
    expect(() => linearSchedule({ timesteps })).toThrow(OptionError);
  });

  it('refuses a β outside (0,1)', () => {
    expect(() => linearSchedule({ linearEnd: 1.5 })).toThrow(OptionError);
    expect(() => scheduleFromBetas([])).toThrow(OptionError);
  });
});

describe('scheduleFromBetas', () => {
  it('agrees with the marginal variance of the forward process', () => {
    // One step of q applied to the marginal at t−1 must give the marginal at t.
    const { betas, alphasCumprod, alphasCumprodPrev } = linearSchedule();
    betas.forEach((beta, t) => {
      const before = 1 - (alphasCumprodPrev[t] ?? 0);
      expect((1 - beta) * before + beta).toBeCloseTo(1 - (alphasCumprod[t] ?? 0), 12);
    });
  });
});
