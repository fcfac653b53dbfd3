import { type PriorEstimator, reverseProcess } from '@diffir/core';
import { add, mul, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs';

/** Where the reverse process of training starts from; both `[N,256]`. */
export interface TrainingStart {
  /** z*, the teacher's IPR. */
  readonly target: Tensor2D;
  /** ε, N(0,1). */
  readonly noise: Tensor2D;
}

/**
 * The IPR `[N,256]` as stage 2 trains it: the teacher's IPR is diffused to z_T = √ᾱ_T·z* + √(1−ᾱ_T)·ε, and
 * the reverse process, conditioned on the LQ image, runs back through all T steps (DiffIR §3.3).
 * Differentiable through every step.
 */
export function estimateTrainingPrior(
  { encoder, denoiser, schedule }: PriorEstimator,
  lq: Tensor4D,
  { target, noise }: TrainingStart,
): Tensor2D {
  const last = schedule.timesteps - 1;
  const signal = schedule.sqrtAlphasCumprod[last] ?? Number.NaN;
  const deviation = schedule.sqrtOneMinusAlphasCumprod[last] ?? Number.NaN;
  const start: Tensor2D = add(mul(target, signal), mul(noise, deviation));
  const condition = encoder.encode(lq);
  const states = reverseProcess(schedule, start, (noisy, t) => denoiser.predictStart(condition, t, noisy));
  return states[last] ?? start;
}
