import { describe, expect, it } from 'vitest';
import { constantDecay, copyValues, rampedDecay, updateAverage } from './moving-average';

const named = (...values: number[]) =>
  new Map([['w', { shape: [values.length], values: Float32Array.from(values) }]]);

describe('moving average', () => {
  it('moves by 1 − decay of the distance', () => {
    const average = named(0, 4);
    updateAverage(average, named(8, 0), 0.75);
    expect([...(average.get('w')?.values ?? [])]).toEqual([2, 3]);
  });

  it('starts from a copy', () => {
    const parameters = named(1);
    const average = copyValues(parameters);
    parameters.get('w')?.values.fill(2);
    expect([...(average.get('w')?.values ?? [])]).toEqual([1]);
  });

  it('decays as it is told', () => {
    expect([0, 1e6].map(constantDecay())).toEqual([0.999, 0.999]);
    expect([0, 8, 1e6].map(rampedDecay())).toEqual([0.1, 0.5, 0.999]);
  });
});
