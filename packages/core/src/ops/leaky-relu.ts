import { fill, prelu, type Tensor } from '@tensorflow/tfjs-core';
import { kernelNames } from './kernel-names';
import { runOp } from './run-op';

/** Negative slope of every LeakyReLU in DiffIR. */
const SLOPE = 0.1;

/** LeakyReLU of slope 0.1, any shape. As a PReLU of constant slope, which WebAssembly vectorises. */
export function leakyRelu<T extends Tensor>(x: T): T {
  const channels = x.shape[x.rank - 1] ?? 1;
  return runOp<T, { x: T }>({
    kernel: kernelNames.leakyRelu,
    inputs: { x },
    attributes: { slope: SLOPE },
    compose: () => prelu<Tensor>(x, fill([channels], SLOPE)) as T,
  });
}
