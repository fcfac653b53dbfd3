import { inputTensor } from '@diffir/core';
import {
  add,
  dispose,
  expandDims,
  type KernelFunc,
  matMul,
  mul,
  type NamedTensorInfoMap,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { multiplyStacks } from './multiply';
import type { SimdKernels } from './simd-kernels';

/**
 * The op `modulatedPointwiseConv`: (x·s + t)·W + b as x·(diag(s)·W) + (t·W + b), whose last part is what the sums of
 * every pixel start from.
 */
export function modulatedPointwiseConv(kernels: SimdKernels): KernelFunc {
  return ({ inputs, backend }) => {
    const x = inputTensor(inputs, 'x');
    const [images = 1, height = 1, width = 1, k = 1] = x.shape;
    const { folded, offsets } = foldModulation(inputs);
    try {
      const n = offsets.shape[1];
      return multiplyStacks(kernels, backend, {
        a: { tensor: x, count: images },
        b: { tensor: folded, count: images },
        start: { tensor: offsets, count: images },
        shape: [images, height, width, n],
        m: height * width,
        k,
        n,
      });
    } finally {
      dispose([folded, offsets]);
    }
  };
}

/** diag(s)·W [N,I,O] and t·W + b [N,O]. */
function foldModulation(inputs: NamedTensorInfoMap) {
  return tidy(() => {
    const weight = inputTensor(inputs, 'weight') as Tensor2D;
    const projected: Tensor2D = matMul(inputTensor(inputs, 'shift') as Tensor2D, weight);
    return {
      folded: mul(expandDims(inputTensor(inputs, 'scale'), 2), expandDims(weight, 0)),
      offsets: inputs.bias ? add<Tensor2D>(projected, inputTensor(inputs, 'bias')) : projected,
    };
  });
}
