import { type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { type DepthwiseConvParameters, depthwiseConv } from './depthwise-conv';
import type { Modulation } from './modulate';
import { modulatedPointwiseConv } from './modulated-pointwise-conv';
import type { PointwiseConvParameters } from './pointwise-conv';

/** One of q, k, v, gate and value: a 1×1 convolution, then a depthwise 3×3. */
export interface DynamicBranchParameters {
  readonly pointwise: PointwiseConvParameters;
  readonly depthwise: DepthwiseConvParameters;
}

/** A branch over normalised features and their modulation: `[N,H,W,C]` to `[N,H,W,O]`. */
export function dynamicBranch(
  normalized: Tensor4D,
  modulation: Modulation,
  { pointwise, depthwise }: DynamicBranchParameters,
): Tensor4D {
  // Its own tidy: the full-size tensor between the two convolutions is freed at once.
  return tidy(() => depthwiseConv(modulatedPointwiseConv(normalized, modulation, pointwise), depthwise));
}

/** The parameters of a branch as inputs of a kernel: `qWeight`, `qBias`, `qFilter`, `qFilterBias` for `q`. */
export function branchInputs(name: string, { pointwise, depthwise }: DynamicBranchParameters) {
  return {
    [`${name}Weight`]: pointwise.weight,
    [`${name}Bias`]: pointwise.bias,
    [`${name}Filter`]: depthwise.filter,
    [`${name}FilterBias`]: depthwise.bias,
  };
}
