import { describe, expect, it } from 'vitest';
import { componentsFor, roundUp, spread } from './fused-step';

describe('spread', () => {
  it('keeps to the limit and covers the count', () => {
    for (const count of [1, 65_535, 65_536, 1_000_003]) {
      const [x, y] = spread(count);
      expect(Math.max(x, y)).toBeLessThanOrEqual(65_535);
      expect(x * y).toBeGreaterThanOrEqual(count);
      expect(x * y - count).toBeLessThan(y);
    }
    expect(spread(65_535)).toEqual([65_535, 1]);
    expect(spread(65_536)).toEqual([32_768, 2]);
  });
});

describe('componentsFor', () => {
  it('takes vectors only where all lengths allow it', () => {
    expect(componentsFor(48, 0, 96)).toBe(4);
    expect(componentsFor(48, 93)).toBe(1);
  });
});

describe('roundUp', () => {
  it('leaves multiples alone', () => {
    expect([roundUp(0, 4), roundUp(93, 4), roundUp(96, 4)]).toEqual([0, 96, 96]);
  });
});
