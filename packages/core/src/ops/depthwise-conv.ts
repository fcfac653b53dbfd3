import { depthwiseConv2d, fused, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';

/** A depthwise convolution's filter `[kH,kW,C,1]` and optional bias `[C]`. */
export interface DepthwiseConvParameters {
  readonly filter: Tensor4D;
  readonly bias?: Tensor1D;
}

/** Depthwise convolution, stride 1, zero padding that keeps the size: `[N,H,W,C]` to `[N,H,W,C]`. */
export function depthwiseConv(x: Tensor4D, { filter, bias }: DepthwiseConvParameters): Tensor4D {
  if (bias === undefined) return depthwiseConv2d(x, filter, 1, 'same');
  return fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'same', bias });
}
