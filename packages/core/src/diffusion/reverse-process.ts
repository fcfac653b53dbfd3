import { add, mul, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { DiffusionSchedule } from './schedule';

/** Predicts z_0 from z_t at step t; `[N,size]` to `[N,size]`. */
export type PredictStart = (noisy: Tensor2D, t: number) => Tensor2D;

/**
 * DiffIR's reverse process over vectors: from z_T through all T steps to z_0, each step the posterior
 * mean z_{t−1} = coef1_t·ẑ_0 + coef2_t·z_t of the predicted start; no variance is added back
 * (DiffIR §3.3, eq. 11–12). Returns z after every step, t = T−1 first; the last is the estimate.
 */
export function reverseProcess(
  schedule: DiffusionSchedule,
  noise: Tensor2D,
  predictStart: PredictStart,
): Tensor2D[] {
  const states: Tensor2D[] = [];
  let z = noise;
  for (let t = schedule.timesteps - 1; t >= 0; t--) {
    const current = z;
    z = tidy(() => posteriorMean(schedule, t, predictStart(current, t), current));
    states.push(z);
  }
  return states;
}

function posteriorMean(schedule: DiffusionSchedule, t: number, start: Tensor2D, noisy: Tensor2D): Tensor2D {
  const coef1 = schedule.posteriorMeanCoef1[t] ?? Number.NaN;
  const coef2 = schedule.posteriorMeanCoef2[t] ?? Number.NaN;
  return add(mul(start, coef1), mul(noisy, coef2));
}
