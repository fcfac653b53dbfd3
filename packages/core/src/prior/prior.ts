import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { DiffusionSchedule } from '../diffusion/schedule';

/** Extracts a compact vector from an image (CPEN in DiffIR): `[N,H,W,C]` to `[N,size]`. */
export interface PriorEncoder {
  readonly size: number;
  encode(input: Tensor4D): Tensor2D;
}

/** Predicts z_0 from the condition, the step and z_t: all `[N,size]` (x0 parameterisation). */
export interface PriorDenoiser {
  predictStart(condition: Tensor2D, t: number, noisy: Tensor2D): Tensor2D;
}

/** Everything needed to estimate an image's prior by diffusion. */
export interface PriorEstimator {
  readonly encoder: PriorEncoder;
  readonly denoiser: PriorDenoiser;
  readonly schedule: DiffusionSchedule;
}
