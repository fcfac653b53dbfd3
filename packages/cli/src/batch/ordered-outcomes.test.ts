import { describe, expect, it } from 'vitest';
import { createOrderedOutcomes } from './ordered-outcomes';

describe('outcomes', () => {
  it('are told in order, whichever comes first', () => {
    const told: number[] = [];
    const outcomes = createOrderedOutcomes();
    for (const index of [1, 0, 3, 4, 2]) outcomes.add(index, () => told.push(index));
    expect(told).toEqual([0, 1, 2, 3, 4]);
  });

  it('are told at the end though one before is missing', () => {
    const told: number[] = [];
    const outcomes = createOrderedOutcomes();
    for (const index of [0, 4, 2]) outcomes.add(index, () => told.push(index));
    expect(told).toEqual([0]);
    outcomes.flush();
    outcomes.flush();
    expect(told).toEqual([0, 2, 4]);
  });
});
