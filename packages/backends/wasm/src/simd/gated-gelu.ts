import { type KernelFunc, util } from '@tensorflow/tfjs';
import { inputTensor } from '../kernels/kernel-inputs';
import { addressOf, newTensor } from './heap-addresses';
import type { SimdKernels } from './simd-kernels';

/** The op `gatedGelu` in one pass. */
export function gatedGelu(kernels: SimdKernels): KernelFunc {
  return ({ inputs, backend }) => {
    const [gate, value] = [inputTensor(inputs, 'gate'), inputTensor(inputs, 'value')];
    const output = newTensor(backend, gate.shape);
    const at = [gate, value, output].map((tensor) => addressOf(backend, tensor));
    kernels.gatedGelu(...at, util.sizeFromShape(gate.shape));
    return output;
  };
}

/** Its gradients by gate and by value, in one pass. */
export function gatedGeluGradient(kernels: SimdKernels): KernelFunc {
  return ({ inputs, backend }) => {
    const [dy, gate, value] = ['dy', 'gate', 'value'].map((name) => inputTensor(inputs, name));
    if (dy === undefined || gate === undefined || value === undefined) return [];
    const outputs = [newTensor(backend, gate.shape), newTensor(backend, gate.shape)];
    const at = [dy, gate, value, ...outputs].map((tensor) => addressOf(backend, tensor));
    kernels.gatedGeluGradient(...at, util.sizeFromShape(gate.shape));
    return outputs;
  };
}
