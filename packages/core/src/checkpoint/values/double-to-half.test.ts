import { describe, expect, it } from 'vitest';
import { doubleToHalf } from './double-to-half';
import { float32ToHalf, halfToFloat32 } from './half-float';

describe('doubleToHalf', () => {
  it('gives every half back', () => {
    const halves = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
    const values = halfToFloat32(halves);
    const wrong = halves.filter((bits) => {
      const value = values[bits] ?? 0;
      return !Number.isNaN(value) && doubleToHalf(value) !== bits;
    });
    expect([...wrong]).toEqual([]);
    expect(doubleToHalf(Number.NaN)).toBe(0x7e00);
  });

  it('rounds once where going through float32 would round twice', () => {
    // Just above the middle of 1 and the next half, by less than a float32 can tell.
    const value = 1 + 2 ** -11 + 2 ** -40;
    expect(doubleToHalf(value)).toBe(0x3c01);
    expect([...float32ToHalf(Float32Array.of(value))]).toEqual([0x3c00]);
  });

  it('rounds ties to even, in and below the normal range', () => {
    expect(doubleToHalf(1 + 2 ** -11)).toBe(0x3c00);
    expect(doubleToHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(doubleToHalf(2 ** -25)).toBe(0);
    expect(doubleToHalf(3 * 2 ** -25)).toBe(2);
    expect(doubleToHalf(1e-320)).toBe(0);
    expect(doubleToHalf(65519.999)).toBe(0x7bff);
    expect(doubleToHalf(-65520)).toBe(0xfc00);
  });
});
