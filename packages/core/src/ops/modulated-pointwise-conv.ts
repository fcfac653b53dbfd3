import {
  add,
  matMul,
  mul,
  reshape,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs';
import { kernelNames } from './kernel-names';
import { mapImages } from './map-images';
import type { Modulation } from './modulate';
import { multiplyWithBias } from './multiply-with-bias';
import type { PointwiseConvParameters } from './pointwise-conv';
import { runOp } from './run-op';

/**
 * `pointwiseConv(modulate(x, modulation), parameters)` without the pass over all pixels that the
 * modulation would cost: (x·s + t)·W + b = x·(diag(s)·W) + (t·W + b), exact in real arithmetic.
 * `[N,H,W,I]` to `[N,H,W,O]`.
 */
export function modulatedPointwiseConv(
  x: Tensor4D,
  { scale, shift }: Modulation,
  { weight, bias }: PointwiseConvParameters,
): Tensor4D {
  const [inputs, outputs] = weight.shape;
  return runOp({
    kernel: kernelNames.modulatedPointwiseConv,
    inputs: bias === undefined ? { x, scale, shift, weight } : { x, scale, shift, weight, bias },
    compose: () => {
      const projected: Tensor2D = matMul(shift, weight);
      const offsets = bias === undefined ? projected : add(projected, bias);
      return mapImages(x, { scale, offsets }, (image, own) => {
        const [, h, w] = image.shape;
        const folded: Tensor2D = mul(reshape(own.scale, [inputs, 1]), weight);
        const pixels: Tensor2D = reshape(image, [h * w, inputs]);
        // A sum over the one row, not a reshape: wasm's fused product insists on a bias stored as a vector.
        const offset: Tensor1D = sum(own.offsets, 0);
        return reshape(multiplyWithBias(pixels, folded, offset), [1, h, w, outputs]);
      });
    },
  });
}
