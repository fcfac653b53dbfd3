import { describe, expect, it } from 'vitest';
import type { StoredType } from '../state-dict';
import { bytesOf } from './typed-views';
import { valuesToFloat32 } from './values-to-float32';

const cases: readonly (readonly [StoredType, ArrayBufferView, readonly number[]])[] = [
  [
    'f64',
    Float64Array.of(1 / 3, -2.5, 1e300, 1e-300),
    [Math.fround(1 / 3), -2.5, Number.POSITIVE_INFINITY, 0],
  ],
  ['f32', Float32Array.of(1 / 3, -2.5), [Math.fround(1 / 3), -2.5]],
  ['f16', Uint16Array.of(0x3c00, 0xc100, 0x0001), [1, -2.5, 2 ** -24]],
  ['bf16', Uint16Array.of(0x3f80, 0xc020, 0x0001), [1, -2.5, 2 ** -133]],
  ['i64', BigInt64Array.of(-3n, 2n ** 40n, 2n ** 53n), [-3, 2 ** 40, 2 ** 53]],
  ['i32', Int32Array.of(-3, 2 ** 24 + 1, -(2 ** 31)), [-3, 2 ** 24, -(2 ** 31)]],
  ['i16', Int16Array.of(-3, 32767), [-3, 32767]],
  ['i8', Int8Array.of(-3, 127), [-3, 127]],
  ['u8', Uint8Array.of(3, 255), [3, 255]],
  ['bool', Uint8Array.of(0, 1, 255), [0, 1, 1]],
];

describe('valuesToFloat32', () => {
  it.each(cases)('reads %s, aligned or not', (dtype, stored, expected) => {
    const bytes = bytesOf(stored);
    expect([...valuesToFloat32(dtype, bytes)]).toEqual(expected);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect([...valuesToFloat32(dtype, shifted.subarray(1))]).toEqual(expected);
    expect(valuesToFloat32(dtype, new Uint8Array(0))).toHaveLength(0);
  });

  it('does not copy float32 that is aligned', () => {
    const bytes = bytesOf(Float32Array.of(1, 2, 3)).subarray(4);
    expect(valuesToFloat32('f32', bytes).buffer).toBe(bytes.buffer);
  });

  it('reads every bfloat16 as the float32 that it is the upper half of', () => {
    const halves = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
    const values = valuesToFloat32('bf16', bytesOf(halves));
    const bits = new Uint32Array(values.buffer);
    expect(halves.every((half, index) => bits[index] === half * 65536)).toBe(true);
  });
});
