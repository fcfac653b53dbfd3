import { add, mean, mul, rsqrt, square, sub, type Tensor4D } from '@tensorflow/tfjs-core';
import { normalizeChannelsGradient } from '../gradients/normalize-channels-gradient';
import { kernelNames } from './kernel-names';
import { runOp } from './run-op';

/**
 * How a layer norm treats the mean of the numerator: `WithBias` subtracts it, `BiasFree` leaves it in.
 * Both divide by the standard deviation about the mean.
 */
export type LayerNormKind = 'WithBias' | 'BiasFree';

const EPSILON = 1e-5;

/**
 * Layer normalisation over channels, without its learned scale and shift: `[N,H,W,C]` to `[N,H,W,C]`.
 * `WithBias`: (x−μ)/√(σ²+ε); `BiasFree`: x/√(σ²+ε); σ² is the biased variance, ε = 1e-5.
 * Restormer (arXiv 2111.09881), its two LayerNorm variants.
 */
export function normalizeChannels(x: Tensor4D, kind: LayerNormKind): Tensor4D {
  return runOp({
    kernel: kernelNames.normalizeChannels,
    inputs: { x },
    attributes: { kind },
    gradient: normalizeChannelsGradient(kind, EPSILON),
    compose: () => {
      const centred: Tensor4D = sub(x, mean(x, -1, true));
      const inverseDeviation = rsqrt(add(mean(square(centred), -1, true), EPSILON));
      return mul(kind === 'WithBias' ? centred : x, inverseDeviation);
    },
  });
}
