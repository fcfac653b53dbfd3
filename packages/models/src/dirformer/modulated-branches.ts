import {
  type DynamicBranchParameters,
  depthwise3x3,
  mapTuple,
  type ParameterScope,
  pointwiseByOutputs,
  type SameLength,
  zipTuples,
} from '@diffir/core';

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

/** The parameters of one branch, for an op to compute with. */
export interface ModulatedBranch {
  /** The current values. */
  parameters(): DynamicBranchParameters;
  /** Multiply–accumulates over this many pixels. */
  macs(pixels: number): number;
}

/**
 * A 1×1 convolution, then a depthwise 3×3, whose output is split: as one branch for each part, since
 * narrower convolutions are cheaper than splitting a full-size tensor.
 */
export function modulatedBranches<const S extends readonly number[]>(
  scopes: BranchScopes,
  { inputs, outputs, bias }: ModulatedBranchesOptions<S>,
): SameLength<S, ModulatedBranch> {
  const channels = outputs.reduce((sum, count) => sum + count, 0);
  const projections = pointwiseByOutputs(scopes.pointwise, { inputs, outputs: channels, bias }, outputs);
  const convolutions = depthwise3x3(scopes.depthwise, { channels, bias, parts: outputs });
  return mapTuple(zipTuples(projections, convolutions), ([projection, convolution]) => ({
    parameters: () => ({ pointwise: projection.parameters(), depthwise: convolution.parameters() }),
    macs: (pixels) => projection.macs(pixels) + convolution.macs(pixels),
  }));
}
