import {
  add,
  expandDims,
  matMul,
  mul,
  reshape,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { modulatedPointwiseConvGradient } from '../gradients/modulated-pointwise-conv-gradient';
import { kernelNames } from './kernel-names';
import type { Modulation } from './modulate';
import { multiplyImages } from './multiply-with-bias';
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
    gradient: modulatedPointwiseConvGradient,
    compose: () => {
      const [images, height, width] = x.shape;
      const projected: Tensor2D = matMul(shift, weight);
      const offsets = bias === undefined ? projected : add(projected, bias);
      const folded: Tensor3D = mul(expandDims(scale, 2), expandDims(weight, 0));
      const rows: Tensor3D = reshape(x, [images, height * width, inputs]);
      return reshape(multiplyImages(rows, folded, expandDims(offsets, 1)), [images, height, width, outputs]);
    },
  });
}
