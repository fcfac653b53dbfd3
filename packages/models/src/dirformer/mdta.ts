import { dynamicAttention, type ParameterScope, pointwise } from '@diffir/core';
import { modulatedBranches } from './modulated-branches';
import type { ModulatedLayer } from './modulated-layer';

export interface MDTAOptions {
  readonly channels: number;
  readonly heads: number;
  readonly bias: boolean;
}

/**
 * Multi-Dconv head transposed attention, modulated: 1×1 and depthwise 3×3 convolutions to q, k and v,
 * attention between channels, 1×1 projection (DiffIR §3.2; Restormer, arXiv 2111.09881 §3.1).
 */
export function mdta(p: ParameterScope, { channels, heads, bias }: MDTAOptions): ModulatedLayer {
  const initializer = { kind: 'constant', value: 1 } as const;
  const temperature = p.get('temperature', { layout: 'vector', shape: [heads, 1, 1], initializer });
  const [q, k, v] = modulatedBranches(
    { pointwise: p.scope('qkv'), depthwise: p.scope('qkv_dwconv') },
    { inputs: channels, outputs: [channels, channels, channels], bias },
  );
  const projection = pointwise(p.scope('project_out'), { inputs: channels, outputs: channels, bias });
  return {
    forward: (x, ipr, input) =>
      dynamicAttention(x, ipr, {
        input,
        q: q.parameters(),
        k: k.parameters(),
        v: v.parameters(),
        temperature: temperature.tensor,
        projection: projection.parameters(),
      }),
    macs(pixels) {
      const products = (2 * channels * channels * pixels) / heads;
      return products + [q, k, v, projection].reduce((sum, layer) => sum + layer.macs(pixels), 0);
    },
  };
}
