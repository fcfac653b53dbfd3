import { dynamicFeedForward, type ParameterScope, pointwise } from '@diffir/core';
import { modulatedBranches } from './modulated-branches';
import type { ModulatedLayer } from './modulated-layer';

export interface GDFNOptions {
  readonly channels: number;
  /** Hidden width over `channels`. */
  readonly expansionFactor: number;
  readonly bias: boolean;
}

/**
 * Gated-Dconv feed-forward network, modulated: 1×1 and depthwise 3×3 convolutions to a gate and a
 * value, gelu(gate)·value, 1×1 projection (DiffIR §3.2; Restormer, arXiv 2111.09881 §3.2).
 */
export function gdfn(p: ParameterScope, { channels, expansionFactor, bias }: GDFNOptions): ModulatedLayer {
  const hidden = Math.floor(channels * expansionFactor);
  const [gate, value] = modulatedBranches(
    { pointwise: p.scope('project_in'), depthwise: p.scope('dwconv') },
    { inputs: channels, outputs: [hidden, hidden], bias },
  );
  const projection = pointwise(p.scope('project_out'), { inputs: hidden, outputs: channels, bias });
  return {
    forward: (x, ipr, input) =>
      dynamicFeedForward(x, ipr, {
        input,
        gate: gate.parameters(),
        value: value.parameters(),
        projection: projection.parameters(),
      }),
    macs: (pixels) => [gate, value, projection].reduce((sum, layer) => sum + layer.macs(pixels), 0),
  };
}
