import { maxPool, pad, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { Stage } from './convolution';

/** Max pooling over whole windows only, as PyTorch's with `ceil_mode=False`. */
export function maxPoolFloor(kernel: number, stride: number): Stage {
  return (x) => maxPool(x, kernel, stride, 'valid');
}

/**
 * Max pooling with `ceil_mode=True`: a last window may hang over the edge and counts what is inside. The
 * edge is padded with zeros, which never win over what a ReLU returns.
 */
export function maxPoolCeil(kernel: number, stride: number): Stage {
  return (x) =>
    tidy((): Tensor4D => {
      const [, height, width] = x.shape;
      const missing = (length: number) => Math.ceil((length - kernel) / stride) * stride + kernel - length;
      const [below, right] = [missing(height), missing(width)];
      const padded: Tensor4D =
        below + right === 0
          ? x
          : pad(x, [
              [0, 0],
              [0, below],
              [0, right],
              [0, 0],
            ]);
      return maxPool(padded, kernel, stride, 'valid');
    });
}
