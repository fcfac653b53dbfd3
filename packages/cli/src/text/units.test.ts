import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatMagnitude } from './units';

describe('units', () => {
  it('are written as people read them', () => {
    expect(formatCount(26911934)).toBe('26,911,934');
    expect(formatMagnitude(120.99e9)).toBe('120.99 G');
    expect(formatMagnitude(1.18e12)).toBe('1.18 T');
    expect(formatMagnitude(5e6)).toBe('5.00 M');
    expect(formatBytes(12)).toBe('12 B');
    expect(formatBytes(3 * 2 ** 20)).toBe('3.0 MiB');
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(2 ** 31 - 1)).toBe('2.0 GiB');
  });
});
