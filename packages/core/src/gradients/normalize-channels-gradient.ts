import { add, mean, mul, rsqrt, square, sub, type Tensor4D } from '@tensorflow/tfjs-core';
import { kernelNames } from '../ops/kernel-names';
import type { LayerNormKind } from '../ops/normalize-channels';
import { runGradient } from './run-gradient';
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
    const [byX] = runGradient({
      kernel: kernelNames.normalizeChannelsGradient,
      inputs: { dy, x },
      attributes: { kind },
      compose: () => [compose(dy, x, { kind, epsilon })],
    });
    return { x: byX };
  };
}

function compose(
  dy: Tensor4D,
  x: Tensor4D,
  { kind, epsilon }: { kind: LayerNormKind; epsilon: number },
): Tensor4D {
  const centred = sub(x, mean(x, -1, true));
  const scale = rsqrt(add(mean(square(centred), -1, true), epsilon));
  const normalized = mul(centred, scale);
  if (kind === 'BiasFree') {
    const along = mul(mean(mul(dy, x), -1, true), scale);
    return mul(sub(dy, mul(normalized, along)), scale);
  }
  const along = mean(mul(dy, normalized), -1, true);
  return mul(sub(sub(dy, mean(dy, -1, true)), mul(normalized, along)), scale);
}
