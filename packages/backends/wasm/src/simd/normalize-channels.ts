import { type KernelFunc, type NamedAttrMap, util } from '@tensorflow/tfjs';
import { inputTensor } from '../kernels/kernel-inputs';
import { addressOf, newTensor } from './heap-addresses';
import type { SimdKernels } from './simd-kernels';

/** The op `normalizeChannels`, pixel by pixel. */
export function normalizeChannels(kernels: SimdKernels): KernelFunc {
  return ({ inputs, backend, attrs = {} }) => {
    const x = inputTensor(inputs, 'x');
    const output = newTensor(backend, x.shape);
    const at = [x, output].map((tensor) => addressOf(backend, tensor));
    kernels.normalizeChannels(...at, ...sizes(x.shape, attrs));
    return output;
  };
}

/** Its gradient by x, pixel by pixel. */
export function normalizeChannelsGradient(kernels: SimdKernels): KernelFunc {
  return ({ inputs, backend, attrs = {} }) => {
    const [dy, x] = [inputTensor(inputs, 'dy'), inputTensor(inputs, 'x')];
    const output = newTensor(backend, x.shape);
    const at = [dy, x, output].map((tensor) => addressOf(backend, tensor));
    kernels.normalizeChannelsGradient(...at, ...sizes(x.shape, attrs));
    return output;
  };
}

/** Pixels, channels, and 1 for a norm that takes the mean off. */
function sizes(shape: readonly number[], { kind }: NamedAttrMap): number[] {
  const channels = shape[shape.length - 1] ?? 1;
  const pixels = util.sizeFromShape(shape.slice(0, -1));
  return [pixels, channels, kind === 'WithBias' ? 1 : 0];
}
