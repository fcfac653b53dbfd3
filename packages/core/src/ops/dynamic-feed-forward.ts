import { add, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { recomputedGradient } from '../gradients/recomputed-gradient';
import { substitute } from '../gradients/substitute';
import { branchInputs, type DynamicBranchParameters, dynamicBranch } from './dynamic-branch';
import { gatedGelu } from './gated-gelu';
import { kernelNames } from './kernel-names';
import { type ModulatedNormParameters, normModulation } from './modulated-norm';
import { normalizeChannels } from './normalize-channels';
import { type PointwiseConvParameters, pointwiseConv } from './pointwise-conv';
import { presentInputs } from './present-inputs';
import { runOp } from './run-op';

/** The second half of a dynamic block. */
export interface DynamicFeedForwardParameters {
  readonly input: ModulatedNormParameters;
  readonly gate: DynamicBranchParameters;
  readonly value: DynamicBranchParameters;
  /** The 1×1 convolution back to the block's width. */
  readonly projection: PointwiseConvParameters;
}

/**
 * `x + GDFN(LN(x), z)`, the feed-forward half of a dynamic block, from `[N,H,W,C]` and an IPR `[N,Z]`
 * to `[N,H,W,C]` (DiffIR §3.2, eq. 4–5). One op for the reason `dynamicAttention` is.
 *
 * Kernel inputs: `x`, `ipr`, `scale`, `shift`, `normWeight`, `normBias`?; for gate and value
 * `gateWeight`, `gateBias`?, `gateFilter`, `gateFilterBias`?; `projectionWeight`, `projectionBias`?.
 * Attribute: `kind`, the layer norm's.
 */
export function dynamicFeedForward(
  x: Tensor4D,
  ipr: Tensor2D,
  parameters: DynamicFeedForwardParameters,
): Tensor4D {
  const { input, gate, value, projection } = parameters;
  const { kind } = input.norm;
  const inputs = presentInputs({
    x,
    ipr,
    scale: input.scale,
    shift: input.shift,
    normWeight: input.norm.weight,
    normBias: input.norm.bias,
    ...branchInputs('gate', gate),
    ...branchInputs('value', value),
    projectionWeight: projection.weight,
    projectionBias: projection.bias,
  });
  return runOp({
    kernel: kernelNames.dynamicFeedForward,
    inputs,
    attributes: { kind },
    compose: () => feedForward(x, ipr, parameters),
    gradient: recomputedGradient((current) => {
      const put = substitute(inputs, current);
      return feedForward(put(x), put(ipr), put(parameters));
    }),
  });
}

/** The op in finer ones. */
function feedForward(x: Tensor4D, ipr: Tensor2D, parameters: DynamicFeedForwardParameters): Tensor4D {
  const { input, gate, value, projection } = parameters;
  const { kind } = input.norm;
  const normalized = normalizeChannels(x, kind);
  const modulation = normModulation(ipr, input);
  const gated = tidy(() =>
    gatedGelu(dynamicBranch(normalized, modulation, gate), dynamicBranch(normalized, modulation, value)),
  );
  return add(x, pointwiseConv(gated, projection));
}
