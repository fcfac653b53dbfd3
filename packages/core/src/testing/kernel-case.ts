import * as tf from '@tensorflow/tfjs';
import type { ReferenceArray } from './reference-array';

/** A TensorFlow.js kernel on small inputs, and what double precision says it should give. */
export interface KernelCase {
  readonly name: string;
  /** Runs the kernel on the current backend. */
  compute(): tf.Tensor;
  readonly expected: ReferenceArray;
  /** Largest absolute error allowed. */
  readonly tolerance: number;
}

/** Data that is only moved must not change. */
export const exact = 0;

/** Bound on the rounding of a float32 sum of n products of numbers in [-1, 1]: n·u·Σ|terms| with u = 2^-24. */
export function dotProductError(terms: number): number {
  return terms ** 2 * 2 ** -24;
}

export function tensor3d({ shape, values }: ReferenceArray<readonly [number, number, number]>): tf.Tensor3D {
  return tf.tensor3d([...values], [...shape]);
}

export function tensor4d({
  shape,
  values,
}: ReferenceArray<readonly [number, number, number, number]>): tf.Tensor4D {
  return tf.tensor4d([...values], [...shape]);
}

export function matrix({ shape, values }: ReferenceArray<readonly [number, number]>): tf.Tensor2D {
  return tf.tensor2d([...values], [...shape]);
}

export function vector({ values }: ReferenceArray<readonly [number]>): tf.Tensor1D {
  return tf.tensor1d([...values]);
}
