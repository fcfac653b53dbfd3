import { findTensorflowBackend, type RunningBackend, readTensor, withBackend } from '@diffir/core';
import * as tf from '@tensorflow/tfjs';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { FusedStep } from '../fused/fused-step';
import { runStep } from '../fused/run-step';

/** TensorFlow.js's side of a running WebGPU backend. */
export function gpuOf({ tensorflowName }: RunningBackend): WebGPUBackend {
  const backend = findTensorflowBackend(tensorflowName);
  if (backend instanceof WebGPUBackend) return backend;
  throw new TypeError('not the webgpu backend');
}

/** Runs one dispatch on these values and reads the result. */
export async function runOnGpu(
  backend: RunningBackend,
  step: FusedStep,
  inputs: readonly (readonly number[] | Float32Array)[],
): Promise<Float32Array> {
  const output = withBackend(backend, () =>
    tf.tidy(() => {
      const tensors = inputs.map((values) => tf.tensor1d(values as number[]));
      return tf.engine().makeTensorFromTensorInfo(runStep(gpuOf(backend), step, tensors));
    }),
  );
  try {
    return await readTensor(backend, output);
  } finally {
    output.dispose();
  }
}

/** Repeatable values between -1 and 1. */
export function testValues(count: number, seed = 1): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(seed + i * 12.9898 + Math.sin(i)));
}

/** Largest difference between two arrays of one length; infinite where they are not comparable. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  return Array.from(expected).reduce((most, value, i) => {
    const difference = Math.abs(value - (actual[i] ?? Number.NaN));
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference);
  }, 0);
}
