import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { runsRule, sizes } from './parse-size';

describe('sizes', () => {
  it('gathers squares and height by width', () => {
    expect(sizes('720x1280', sizes('256'))).toEqual([
      { height: 256, width: 256 },
      { height: 720, width: 1280 },
    ]);
  });

  it.each(['', '0', '-8', '8x', '8x0', '0x8', '1e3', '8x8x8', '256px'])('refuses %j', (text) => {
    expect(() => sizes(text)).toThrow(InvalidArgumentError);
  });
});

describe('runsRule', () => {
  it('wants at least one pass', () => {
    expect([1, 1000].every(runsRule.accepts)).toBe(true);
    expect([0, 1.5, 1001, Number.NaN].some(runsRule.accepts)).toBe(false);
  });
});
