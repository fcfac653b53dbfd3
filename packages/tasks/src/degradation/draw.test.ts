import { createRandomSource } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { chance, drawWeighted, pick, uniform, uniformInteger } from './draw';

const DRAWS = 20_000;

/** How often each value came, as shares. */
function shares<T>(draw: () => T): Map<T, number> {
  const counts = new Map<T, number>();
  for (let i = 0; i < DRAWS; i++) {
    const value = draw();
    counts.set(value, (counts.get(value) ?? 0) + 1 / DRAWS);
  }
  return counts;
}

/** Five standard errors of a share. */
const bound = (share: number) => 5 * Math.sqrt((share * (1 - share)) / DRAWS);

describe('draw', () => {
  it('spreads uniform numbers over their range', () => {
    const random = createRandomSource(1);
    const values = Array.from({ length: DRAWS }, () => uniform(random, [-2, 6]));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-2);
    expect(Math.min(...values)).toBeLessThan(-1.98);
    expect(Math.max(...values)).toBeLessThan(6);
    expect(Math.max(...values)).toBeGreaterThan(5.98);
    const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
    expect(Math.abs(mean - 2)).toBeLessThan((5 * 8) / Math.sqrt(12 * DRAWS));
  });

  it('gives whole numbers with both ends, equally often', () => {
    const random = createRandomSource(2);
    const counts = shares(() => uniformInteger(random, [3, 7]));
    expect([...counts.keys()].sort()).toEqual([3, 4, 5, 6, 7]);
    for (const share of counts.values()) expect(Math.abs(share - 0.2)).toBeLessThan(bound(0.2));
  });

  it('picks all choices equally often, and weighted ones by their weights', () => {
    const random = createRandomSource(3);
    const equal = shares(() => pick(random, ['a', 'b', 'c']));
    expect(equal.size).toBe(3);
    for (const share of equal.values()) expect(Math.abs(share - 1 / 3)).toBeLessThan(bound(1 / 3));
    const weighted = shares(() =>
      drawWeighted(random, [
        { value: 'a', weight: 1 },
        { value: 'never', weight: 0 },
        { value: 'b', weight: 3 },
      ]),
    );
    expect(Math.abs((weighted.get('a') ?? 0) - 0.25)).toBeLessThan(bound(0.25));
    expect(weighted.has('never')).toBe(false);
  });

  it('takes a chance as often as it says, and never or always at the ends', () => {
    const random = createRandomSource(4);
    const share = shares(() => chance(random, 0.1)).get(true) ?? 0;
    expect(Math.abs(share - 0.1)).toBeLessThan(bound(0.1));
    expect([...shares(() => chance(random, 0)).keys()]).toEqual([false]);
    expect([...shares(() => chance(random, 1)).keys()]).toEqual([true]);
  });

  it('ends at the last possible choice where rounding leaves something over', () => {
    const choices = [
      { value: 'a', weight: 0.1 },
      { value: 'b', weight: 0.2 },
      { value: 'never', weight: 0 },
    ] as const;
    expect(drawWeighted(() => 1, [...choices])).toBe('b');
  });
});
