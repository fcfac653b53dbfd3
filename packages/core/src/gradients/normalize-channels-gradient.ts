import { add, mean, mul, rsqrt, square, sub, type Tensor4D } from '@tensorflow/tfjs';
import type { LayerNormKind } from '../ops/normalize-channels';
import type { OpGradient } from './with-gradient';

/**
 * Gradient of a layer norm over C channels without its learned part, with r = 1/√(σ²+ε) and means over
 * channels. `WithBias`, y = (x−μ)·r: r·(dy − mean(dy) − y·mean(dy·y)). `BiasFree`, y = x·r, where the
 * variance still knows the mean: r·dy − (x−μ)·r³·mean(dy·x).
 */
export function normalizeChannelsGradient(
  kind: LayerNormKind,
  epsilon: number,
): OpGradient<{ x: Tensor4D }, Tensor4D> {
  return (dy, { x }) => {
    const centred = sub(x, mean(x, -1, true));
    const scale = rsqrt(add(mean(square(centred), -1, true), epsilon));
    const normalized = mul(centred, scale);
    if (kind === 'BiasFree') {
      const along = mul(mean(mul(dy, x), -1, true), scale);
      return { x: mul(sub(dy, mul(normalized, along)), scale) };
    }
    const along = mean(mul(dy, normalized), -1, true);
    return { x: mul(sub(sub(dy, mean(dy, -1, true)), mul(normalized, along)), scale) };
  };
}
