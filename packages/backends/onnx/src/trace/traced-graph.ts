/** Element types that TensorFlow.js code of ours has. */
export type TracedType = 'float32' | 'int32' | 'bool';

export type TracedArray = Float32Array | Int32Array | Uint8Array;

/** Shape (logical, images as `[N,H,W,C]`) and element type of a value. */
export interface ValueType {
  readonly shape: readonly number[];
  readonly dtype: TracedType;
}

/** One call of a kernel. */
export interface TracedNode {
  readonly kernel: string;
  readonly inputs: { readonly [name: string]: TracedValue };
  readonly attributes: { readonly [name: string]: unknown };
}

/** Where a value comes from. */
type Origin =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'constant'; readonly values: TracedArray }
  | { readonly kind: 'node'; readonly node: TracedNode; readonly output: number };

/** A tensor that was not computed but remembered. */
export interface TracedValue extends ValueType {
  readonly origin: Origin;
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}
