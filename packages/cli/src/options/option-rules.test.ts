import { describe, expect, it } from 'vitest';
import { numberRules, parseBytes, parseNumber } from './option-rules';

describe('parseNumber', () => {
  it.each([
    ['1.5', 1.5],
    ['1e-4', 1e-4],
    ['', Number.NaN],
    [' ', Number.NaN],
    ['12px', Number.NaN],
  ])('reads %j as %d', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });
});

describe('parseBytes', () => {
  it.each([
    ['1000', 1000],
    ['800M', 800 * 2 ** 20],
    ['1.5G', 1.5 * 2 ** 30],
    ['2GiB', 2 * 2 ** 30],
    ['64 kb', 64 * 2 ** 10],
    ['G', Number.NaN],
    ['2X', Number.NaN],
    ['-2G', Number.NaN],
  ])('reads %j as %d', (text, value) => {
    expect(parseBytes(text)).toBe(value);
  });
});

describe('numberRules', () => {
  it.each([
    ['quality', [1, 100], [0, 101, 1.5, Number.NaN]],
    ['seed', [0, 4294967295], [-1, 4294967296, 0.5, Number.NaN]],
    ['outscale', [0.01, 16], [0, -1, 16.01, Number.NaN]],
    ['tile', [0, 256], [-1, 0.5, Number.NaN]],
    ['overlap', [0, 32], [-1, 0.5, Number.NaN]],
    ['maxMemory', [1, 2e9], [0, -1, Number.NaN]],
    ['workers', [0, 64], [-1, 1.5, 65, Number.NaN]],
    ['tolerance', [0, 1e-4], [-1, Number.POSITIVE_INFINITY, Number.NaN]],
  ] as const)('%s accepts %j and not %j', (name, accepted, refused) => {
    for (const value of accepted) expect(numberRules[name].accepts(value)).toBe(true);
    for (const value of refused) expect(numberRules[name].accepts(value)).toBe(false);
  });
});
