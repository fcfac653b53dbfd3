import { type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs';
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
export function estimatePrior(
  { encoder, denoiser, schedule }: PriorEstimator,
  input: Tensor4D,
  noise: Tensor2D,
): PriorEstimate {
  const condition = tidy(() => encoder.encode(input));
  const steps = reverseProcess(schedule, noise, (z, t) => denoiser.predictStart(condition, t, z));
  const ipr = steps[steps.length - 1] ?? noise;
  return { condition, steps, ipr };
}
