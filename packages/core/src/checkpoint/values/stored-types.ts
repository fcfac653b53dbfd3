import type { StoredType } from '../state-dict';

/** Bytes per value of each stored type. */
export const bytesPerValue: Readonly<Record<StoredType, number>> = {
  f64: 8,
  f32: 4,
  f16: 2,
  bf16: 2,
  i64: 8,
  i32: 4,
  i16: 2,
  i8: 1,
  u8: 1,
  bool: 1,
};

/** Number of values of a tensor: the product of its sizes, 1 for a scalar. May exceed the safe integers. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** All element types. */
export const storedTypes: readonly StoredType[] = [
  'f64',
  'f32',
  'f16',
  'bf16',
  'i64',
  'i32',
  'i16',
  'i8',
  'u8',
  'bool',
];
