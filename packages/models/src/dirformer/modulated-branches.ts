import {
  depthwise3x3,
  mapTuple,
  modulatedPointwiseConv,
  type ParameterScope,
  pointwiseByOutputs,
  type SameLength,
  zipTuples,
} from '@diffir/core';
import { tidy } from '@tensorflow/tfjs';
import type { ModulatedLayer } from './modulated-layer';

export interface ModulatedBranchesOptions<S extends readonly number[]> {
  readonly inputs: number;
  /** Output channels of each branch. */
  readonly outputs: S;
  readonly bias: boolean;
}

/** Where the two convolutions of all branches keep their parameters. */
export interface BranchScopes {
  readonly pointwise: ParameterScope;
  readonly depthwise: ParameterScope;
}

/**
 * A 1×1 convolution, then a depthwise 3×3, whose output is split: as one branch for each part, since
 * narrower convolutions are cheaper than splitting a full-size tensor. The modulation of the input is
 * folded into the 1×1 convolution.
 */
export function modulatedBranches<const S extends readonly number[]>(
  scopes: BranchScopes,
  { inputs, outputs, bias }: ModulatedBranchesOptions<S>,
): SameLength<S, ModulatedLayer> {
  const channels = outputs.reduce((sum, count) => sum + count, 0);
  const projections = pointwiseByOutputs(scopes.pointwise, { inputs, outputs: channels, bias }, outputs);
  const convolutions = depthwise3x3(scopes.depthwise, { channels, bias, parts: outputs });
  return mapTuple(zipTuples(projections, convolutions), ([projection, convolution]) => ({
    // Its own tidy: the full-size tensor between the two convolutions is freed at once.
    forward: (x, modulation) =>
      tidy(() => convolution.forward(modulatedPointwiseConv(x, modulation, projection.parameters()))),
    macs: (pixels) => projection.macs(pixels) + convolution.macs(pixels),
  }));
}
