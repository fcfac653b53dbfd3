import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { add, mul, tidy } from '@tensorflow/tfjs-core';
import { type LayerNormKind, normalizeChannels } from './normalize-channels';

/** The learned scale, and for `WithBias` the learned shift, both `[C]`. */
export interface LayerNormParameters {
  readonly kind: LayerNormKind;
  readonly weight: Tensor1D;
  readonly bias?: Tensor1D;
}

/** Layer normalisation over channels with learned scale and shift: `[N,H,W,C]` to `[N,H,W,C]`. */
export function layerNorm(x: Tensor4D, { kind, weight, bias }: LayerNormParameters): Tensor4D {
  return tidy(() => {
    const scaled: Tensor4D = mul(normalizeChannels(x, kind), weight);
    return bias === undefined ? scaled : add(scaled, bias);
  });
}
