import { withBackend } from '@diffir/core';
import * as tf from '@tensorflow/tfjs';
import { wasmBackend } from '../wasm-backend';

/** Results of one computation here and on TensorFlow.js' plain JavaScript backend, whose kernels share no code. */
export interface Comparison {
  readonly shape: readonly number[];
  readonly expectedShape: readonly number[];
  /** Largest absolute difference over the largest absolute value; infinite if a value is no number. */
  readonly error: number;
}

/** Runs a computation on both backends. It must make its own tensors. */
export async function compareWithCpu(compute: () => tf.Tensor): Promise<Comparison> {
  const backend = await wasmBackend.start();
  await tf.setBackend('cpu');
  const expected = tf.tidy(compute);
  const actual = withBackend(backend, () => tf.tidy(compute));
  const [expectedValues, actualValues] = [expected.dataSync(), actual.dataSync()];
  const comparison = {
    shape: actual.shape,
    expectedShape: expected.shape,
    error: largestError(actualValues, expectedValues),
  };
  tf.dispose([expected, actual]);
  return comparison;
}

function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const values = Array.from(expected);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const errors = values.map((value, index) => Math.abs(value - (actual[index] ?? Number.NaN)));
  return errors.reduce((most, error) => Math.max(most, Number.isNaN(error) ? Infinity : error), 0) / largest;
}

/** Repeatable values in [−1, 1), the same on every backend. */
export function noise<R extends tf.Rank>(shape: tf.ShapeMap[R], seed: number): tf.Tensor<R> {
  return tf.randomUniform(shape, -1, 1, 'float32', seed);
}
