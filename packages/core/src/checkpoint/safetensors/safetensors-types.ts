import type { StoredType } from '../state-dict';
import { storedTypes } from '../values/stored-types';

/** The names that safetensors has for the element types. */
export const safetensorsTypes: Readonly<Record<StoredType, string>> = {
  f64: 'F64',
  f32: 'F32',
  f16: 'F16',
  bf16: 'BF16',
  i64: 'I64',
  i32: 'I32',
  i16: 'I16',
  i8: 'I8',
  u8: 'U8',
  bool: 'BOOL',
};

/** The element type of a safetensors name; undefined if it has none here. */
export function findStoredType(name: string): StoredType | undefined {
  return storedTypes.find((type) => safetensorsTypes[type] === name);
}
