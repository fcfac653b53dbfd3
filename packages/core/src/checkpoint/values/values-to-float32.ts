import type { StoredType } from '../state-dict';
import { bfloat16ToFloat32 } from './bfloat16';
import { halfToFloat32 } from './half-float';
import { aligned, float32View, float64View, uint16View } from './typed-views';

/**
 * Stored values, little-endian, as float32: exact for f32, f16, bf16 and integers below 2^24, rounded to
 * nearest for f64 and larger integers; truth values become 0 and 1. Aligned f32 is not copied.
 */
export function valuesToFloat32(dtype: StoredType, bytes: Uint8Array): Float32Array {
  return conversions[dtype](bytes);
}

type Conversion = (bytes: Uint8Array) => Float32Array;

const conversions: Readonly<Record<StoredType, Conversion>> = {
  f64: (bytes) => new Float32Array(float64View(bytes)),
  f32: float32View,
  f16: (bytes) => halfToFloat32(uint16View(bytes)),
  bf16: (bytes) => bfloat16ToFloat32(uint16View(bytes)),
  i64: integers64,
  i32: (bytes) => {
    const { buffer, byteOffset, length } = aligned(bytes, 4);
    return new Float32Array(new Int32Array(buffer, byteOffset, Math.floor(length / 4)));
  },
  i16: (bytes) => {
    const { buffer, byteOffset, length } = aligned(bytes, 2);
    return new Float32Array(new Int16Array(buffer, byteOffset, Math.floor(length / 2)));
  },
  i8: (bytes) => new Float32Array(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)),
  u8: (bytes) => new Float32Array(bytes),
  bool: (bytes) => Float32Array.from(bytes, (byte) => (byte === 0 ? 0 : 1)),
};

function integers64(bytes: Uint8Array): Float32Array {
  const { buffer, byteOffset, length } = aligned(bytes, 8);
  const integers = new BigInt64Array(buffer, byteOffset, Math.floor(length / 8));
  const values = new Float32Array(integers.length);
  integers.forEach((integer, index) => {
    values[index] = Number(integer);
  });
  return values;
}
