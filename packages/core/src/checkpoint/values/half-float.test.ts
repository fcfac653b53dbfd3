import { describe, expect, it } from 'vitest';
import { doubleToHalf } from './double-to-half';
import { float32ToHalf, halfToFloat32 } from './half-float';

/** The definition of binary16, independent of the tables. */
function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const allHalves = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
const expected = Array.from(allHalves, halfValue);

describe('halfToFloat32', () => {
  it('gives every half its value', () => {
    const values = halfToFloat32(allHalves);
    const wrong = expected.flatMap((value, bits) => (Object.is(values[bits], value) ? [] : [bits]));
    expect(wrong).toEqual([]);
  });
});

describe('float32ToHalf', () => {
  it('gives every half back that is a number', () => {
    const halves = float32ToHalf(Float32Array.from(expected));
    const wrong = expected.flatMap((value, bits) => {
      return Number.isNaN(value) || halves[bits] === bits ? [] : [bits];
    });
    expect(wrong).toEqual([]);
  });

  it('keeps what is not a number so, even where only bits beyond a half say so', () => {
    const bits = Uint32Array.of(0x7f800001, 0xff800001, 0x7fc00000, 0x7fffffff);
    for (const half of float32ToHalf(new Float32Array(bits.buffer))) expect(halfValue(half)).toBeNaN();
  });

  it('rounds to nearest, ties to even, as rounding the double does', () => {
    const between = expected.flatMap((value, bits) => {
      const next = expected[bits + 1] ?? Number.NaN;
      const middle = Math.fround((value + next) / 2);
      // The middle between two halves is a float32, and so are its neighbours.
      return Number.isFinite(middle) ? neighbours(middle) : [];
    });
    expect(between.length).toBeGreaterThan(180_000);
    const halves = float32ToHalf(Float32Array.from(between));
    const wrong = between.filter((value, index) => halves[index] !== doubleToHalf(value));
    expect(wrong).toEqual([]);
    expect(halves[between.indexOf(2049)]).toBe(0x6800);
    expect(halves[between.indexOf(2051)]).toBe(0x6802);
  });

  it('makes infinite what is larger than any half, and zero what is smaller', () => {
    const values = Float32Array.of(65520, 1e10, -3e38, 2 ** -25, 2 ** -149, -(2 ** -140), 0, -0);
    expect([...float32ToHalf(values)]).toEqual([0x7c00, 0x7c00, 0xfc00, 0, 0, 0x8000, 0, 0x8000]);
  });

  it('takes views that do not start at the beginning of their buffer', () => {
    const values = Float32Array.of(9, 1, 2).subarray(1);
    expect([...float32ToHalf(values)]).toEqual([0x3c00, 0x4000]);
  });
});

function neighbours(value: number): number[] {
  const bits = new Uint32Array(Float32Array.of(value).buffer);
  const [middle = 0] = bits;
  const values = new Float32Array(Uint32Array.of(middle - 1, middle, middle + 1).buffer);
  return value === 0 ? [0] : [...values];
}
