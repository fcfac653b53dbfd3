import { inputTensor } from '@diffir/core';
import { type KernelFunc, type NamedAttrMap, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { addressOf, newTensor } from './heap-addresses';
import type { KernelName, SimdKernels } from './simd-kernels';
import { split } from './split';

const FLOAT_BYTES = 4;
/** Fewer pixels are not worth waking a thread for. */
const LEAST = 512;

/** The op `normalizeChannels`, pixel by pixel. */
export function normalizeChannels(kernels: SimdKernels): KernelFunc {
  return ({ inputs, backend, attrs = {} }) => {
    const x = inputTensor(inputs, 'x');
    const output = newTensor(backend, x.shape);
    runByPixels(kernels, 'normalizeChannels', backend, { tensors: [x, output], attributes: attrs });
    return output;
  };
}

/** Its gradient by x, pixel by pixel. */
export function normalizeChannelsGradient(kernels: SimdKernels): KernelFunc {
  return ({ inputs, backend, attrs = {} }) => {
    const [dy, x] = [inputTensor(inputs, 'dy'), inputTensor(inputs, 'x')];
    const output = newTensor(backend, x.shape);
    const tensors = [dy, x, output];
    runByPixels(kernels, 'normalizeChannelsGradient', backend, { tensors, attributes: attrs });
    return output;
  };
}

interface PixelCall {
  /** All of one shape. */
  readonly tensors: readonly TensorInfo[];
  readonly attributes: NamedAttrMap;
}

function runByPixels(
  kernels: SimdKernels,
  kernel: KernelName,
  backend: object,
  { tensors, attributes: { kind } }: PixelCall,
): void {
  const shape = tensors[0]?.shape ?? [];
  const channels = shape[shape.length - 1] ?? 1;
  const pixels = util.sizeFromShape(shape.slice(0, -1));
  const at = tensors.map((tensor) => addressOf(backend, tensor));
  const withBias = kind === 'WithBias' ? 1 : 0;
  const calls = split(pixels, kernels.threads, { least: LEAST }).map(({ start, end }) => [
    ...at.map((address) => address + FLOAT_BYTES * channels * start),
    ...[end - start, channels, withBias],
  ]);
  kernels.run(kernel, calls);
}
