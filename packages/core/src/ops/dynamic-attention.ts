import { add, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { recomputedGradient } from '../gradients/recomputed-gradient';
import { substitute } from '../gradients/substitute';
import { type ChannelAttentionParameters, channelAttention } from './channel-attention';
import { branchInputs, type DynamicBranchParameters, dynamicBranch } from './dynamic-branch';
import { kernelNames } from './kernel-names';
import { type ModulatedNormParameters, normModulation } from './modulated-norm';
import { normalizeChannels } from './normalize-channels';
import { presentInputs } from './present-inputs';
import { runOp } from './run-op';

/** The first half of a dynamic block. */
export interface DynamicAttentionParameters extends ChannelAttentionParameters {
  readonly input: ModulatedNormParameters;
  readonly q: DynamicBranchParameters;
  readonly k: DynamicBranchParameters;
  readonly v: DynamicBranchParameters;
}

/**
 * `x + MDTA(LN(x), z)`, the attention half of a dynamic block, from `[N,H,W,C]` and an IPR `[N,Z]` to
 * `[N,H,W,C]` (DiffIR §3.2, eq. 2–3). One op, so that a backend may run it with few passes over memory;
 * composed of the finer ops it stands for.
 *
 * Kernel inputs: `x`, `ipr`, `scale`, `shift`, `normWeight`, `normBias`?; for each of q, k and v
 * `qWeight`, `qBias`?, `qFilter`, `qFilterBias`?; `temperature`, `projectionWeight`, `projectionBias`?.
 * Attribute: `kind`, the layer norm's.
 */
export function dynamicAttention(
  x: Tensor4D,
  ipr: Tensor2D,
  parameters: DynamicAttentionParameters,
): Tensor4D {
  const { input, q, k, v, temperature, projection } = parameters;
  const { kind } = input.norm;
  const inputs = presentInputs({
    x,
    ipr,
    scale: input.scale,
    shift: input.shift,
    normWeight: input.norm.weight,
    normBias: input.norm.bias,
    ...branchInputs('q', q),
    ...branchInputs('k', k),
    ...branchInputs('v', v),
    temperature,
    projectionWeight: projection.weight,
    projectionBias: projection.bias,
  });
  return runOp({
    kernel: kernelNames.dynamicAttention,
    inputs,
    attributes: { kind },
    compose: () => attendDynamically(x, ipr, parameters),
    gradient: recomputedGradient((current) => {
      const put = substitute(inputs, current);
      return attendDynamically(put(x), put(ipr), put(parameters));
    }),
  });
}

/** The op in finer ones. */
function attendDynamically(x: Tensor4D, ipr: Tensor2D, parameters: DynamicAttentionParameters): Tensor4D {
  const { input, q, k, v, temperature, projection } = parameters;
  const { kind } = input.norm;
  const normalized = normalizeChannels(x, kind);
  const modulation = normModulation(ipr, input);
  const attended = channelAttention(
    {
      q: dynamicBranch(normalized, modulation, q),
      k: dynamicBranch(normalized, modulation, k),
      v: dynamicBranch(normalized, modulation, v),
    },
    { temperature, projection },
  );
  return add(x, attended);
}
