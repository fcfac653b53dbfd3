import type { TracedValue, ValueType } from '../trace/traced-graph';

/** The type of one output that has the elements of a value in another shape. */
export function ofType(value: TracedValue, shape: readonly number[]): readonly ValueType[] {
  return [{ shape, dtype: value.dtype }];
}
