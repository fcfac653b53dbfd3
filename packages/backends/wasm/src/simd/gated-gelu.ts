import { inputTensor } from '@diffir/core';
import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { addressOf, newTensor } from './heap-addresses';
import type { KernelName, SimdKernels } from './simd-kernels';
import { split } from './split';

const FLOAT_BYTES = 4;
/** Fewer are not worth waking a thread for. */
const LEAST = 16384;

/** The op `gatedGelu` in one pass. */
export function gatedGelu(kernels: SimdKernels): KernelFunc {
  return ({ inputs, backend }) => {
    const [gate, value] = [inputTensor(inputs, 'gate'), inputTensor(inputs, 'value')];
    const output = newTensor(backend, gate.shape);
    runElementwise(kernels, 'gatedGelu', backend, [gate, value, output]);
    return output;
  };
}

/** Its gradients by gate and by value, in one pass. */
export function gatedGeluGradient(kernels: SimdKernels): KernelFunc {
  return ({ inputs, backend }) => {
    const [dy, gate, value] = ['dy', 'gate', 'value'].map((name) => inputTensor(inputs, name));
    if (dy === undefined || gate === undefined || value === undefined) return [];
    const outputs = [newTensor(backend, gate.shape), newTensor(backend, gate.shape)];
    runElementwise(kernels, 'gatedGeluGradient', backend, [dy, gate, value, ...outputs]);
    return outputs;
  };
}

/** Runs a kernel of tensors of one shape, element by element, on all threads. */
function runElementwise(
  kernels: SimdKernels,
  kernel: KernelName,
  backend: object,
  tensors: readonly TensorInfo[],
): void {
  const count = util.sizeFromShape(tensors[0]?.shape ?? []);
  const at = tensors.map((tensor) => addressOf(backend, tensor));
  const runs = split(count, kernels.threads, { unit: 4, least: LEAST });
  kernels.run(
    kernel,
    runs.map(({ start, end }) => [...at.map((address) => address + FLOAT_BYTES * start), end - start]),
  );
}
