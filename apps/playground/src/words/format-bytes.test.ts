import { describe, expect, it } from 'vitest';
import { formatBytes } from './format-bytes';

describe('a number of bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [6_345_170, '6.3 MB'],
    [106_345_170, '106 MB'],
    [999_999, '1.0 MB'],
    [9_960_000, '10 MB'],
    [2_500_000_000, '2.5 GB'],
  ])('of %d reads %s', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });
});
