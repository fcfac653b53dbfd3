import { type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { reverseProcess } from '../diffusion/reverse-process';
import type { PriorEstimator } from './prior';

/** An estimated prior and how it came about. The caller disposes `condition` and `steps`. */
export interface PriorEstimate {
  /** c, what the encoder sees in the LQ image, `[N,size]`. */
  readonly condition: Tensor2D;
  /** z after each reverse step, t = T−1 first, each `[N,size]`; the last is the IPR. */
  readonly steps: readonly Tensor2D[];
  /** The IPR: the last of `steps`. */
  readonly ipr: Tensor2D;
}

/**
 * Estimates the IPR of LQ images: c = encoder(LQ), then the reverse diffusion from z_T = `noise`
 * conditioned on c (DiffIR §3.3, algorithm 2).
 * @param input the network's input, `[N,H,W,C]`
 * @param noise z_T, `[N,size]`, a sample of N(0,1)
 */
export function estimatePrior(prior: PriorEstimator, input: Tensor4D, noise: Tensor2D): PriorEstimate {
  const condition = tidy(() => prior.encoder.encode(input));
  return { condition, ...diffuse(prior, condition, noise) };
}

/** The reverse diffusion alone, from a condition that is already there. */
export function diffuse(
  { denoiser, schedule }: PriorEstimator,
  condition: Tensor2D,
  noise: Tensor2D,
): Omit<PriorEstimate, 'condition'> {
  const steps = reverseProcess(schedule, noise, (z, t) => denoiser.predictStart(condition, t, z));
  return { steps, ipr: steps[steps.length - 1] ?? noise };
}
