import { type LayerNormKind, type Modulation, normalizeChannels, type ParameterScope } from '@diffir/core';
import { add, mul, type Tensor4D } from '@tensorflow/tfjs';

/** The layer norm of a block, taken apart so that its learned scale and shift cost nothing per pixel. */
export interface BlockNorm {
  /** Normalises, without the learned part. */
  normalize(x: Tensor4D): Tensor4D;
  /** The learned part followed by `modulation`, as one: (x̂·w + b)·s + t = x̂·(w·s) + (b·s + t). */
  fold(modulation: Modulation): Modulation;
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
  return {
    normalize: (x) => normalizeChannels(x, kind),
    fold: ({ scale, shift }) => ({
      scale: mul(scale, weight.tensor),
      shift: bias === undefined ? shift : add(mul(scale, bias.tensor), shift),
    }),
  };
}
