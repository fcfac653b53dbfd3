import { reshape, type Tensor1D, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { kernelNames } from './kernel-names';
import { multiplyWithBias } from './multiply-with-bias';
import { runOp } from './run-op';

/** A 1×1 convolution's weight `[I,O]` and optional bias `[O]`. */
export interface PointwiseConvParameters {
  readonly weight: Tensor2D;
  readonly bias?: Tensor1D;
}

/** 1×1 convolution as one matrix product over all pixels: `[N,H,W,I]` to `[N,H,W,O]`. */
export function pointwiseConv(x: Tensor4D, { weight, bias }: PointwiseConvParameters): Tensor4D {
  const [n, h, w, inputs] = x.shape;
  const outputs = weight.shape[1];
  return runOp({
    kernel: kernelNames.pointwiseConv,
    inputs: bias === undefined ? { x, weight } : { x, weight, bias },
    compose: () => {
      const pixels: Tensor2D = reshape(x, [n * h * w, inputs]);
      return reshape(multiplyWithBias(pixels, weight, bias), [n, h, w, outputs]);
    },
  });
}
