import * as tf from '@tensorflow/tfjs';
import type { RunningBackend } from '../backend/backend';
import { readTensor, withBackend } from '../backend/with-backend';
import type { KernelCase } from './kernel-case';
import { kernelCases } from './kernel-cases';

/** How a backend did on one kernel. */
export interface KernelCheck {
  readonly name: string;
  readonly shape: readonly number[];
  readonly expectedShape: readonly number[];
  /** Largest absolute difference; infinite if a value is no number. */
  readonly maxError: number;
  readonly tolerance: number;
}

/** Runs a kernel on a backend and measures how far it is from the reference. Leaves no tensors behind. */
export async function checkKernel(backend: RunningBackend, kernel: KernelCase): Promise<KernelCheck> {
  const output = withBackend(backend, () => tf.tidy(() => kernel.compute()));
  try {
    return {
      name: kernel.name,
      shape: output.shape,
      expectedShape: kernel.expected.shape,
      maxError: maxError(await readTensor(backend, output), kernel.expected.values),
      tolerance: kernel.tolerance,
    };
  } finally {
    output.dispose();
  }
}

/** Runs every kernel DiffIR needs; for places where no test runner reaches, like a page or `diffir doctor`. */
export async function checkKernels(backend: RunningBackend): Promise<KernelCheck[]> {
  const checks: KernelCheck[] = [];
  for (const kernel of kernelCases()) checks.push(await checkKernel(backend, kernel));
  return checks;
}

function maxError(actual: ArrayLike<number>, expected: Float64Array): number {
  return expected.reduce((most, value, i) => {
    const error = Math.abs((actual[i] ?? Number.NaN) - value);
    return Math.max(most, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  }, 0);
}
