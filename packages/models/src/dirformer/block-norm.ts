import type { LayerNormKind, LayerNormParameters, ParameterScope } from '@diffir/core';

/** The layer norm of a block. */
export interface BlockNorm {
  /** The current values. */
  parameters(): LayerNormParameters;
}

/** Layer norm over channels; `body.weight`, and for `WithBias` `body.bias`. */
export function blockNorm(p: ParameterScope, channels: number, kind: LayerNormKind): BlockNorm {
  const body = p.scope('body');
  const shape = [channels];
  const weight = body.get('weight', { layout: 'vector', shape, initializer: { kind: 'constant', value: 1 } });
  const bias =
    kind === 'WithBias'
      ? body.get('bias', { layout: 'vector', shape, initializer: { kind: 'constant', value: 0 } })
      : undefined;
  return { parameters: () => ({ kind, weight: weight.tensor, ...(bias && { bias: bias.tensor }) }) };
}
