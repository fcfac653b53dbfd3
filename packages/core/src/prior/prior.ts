import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { DiffusionSchedule } from '../diffusion/schedule';

/** Extracts a compact vector from an image (CPEN in DiffIR): `[N,H,W,C]` to `[N,size]`. */
export interface PriorEncoder {
  readonly size: number;
  encode(input: Tensor4D): Tensor2D;
  /** How to encode a picture in pieces with the same result; absent where that cannot be done. */
  readonly pieces?: PiecewiseEncoder;
}

/** An encoder taken apart at its global average, the only place where far pixels meet. */
export interface PiecewiseEncoder {
  /** Input pixels along the side of one cell of the features. */
  readonly cell: number;
  /** How many cells around a cell its features depend on. */
  readonly radius: number;
  /** `[N,H,W,C]` to `[N,H/cell,W/cell,F]`. */
  features(input: Tensor4D): Tensor4D;
  /** The average of the features over all cells, `[N,F]`, to `[N,size]`. */
  finish(average: Tensor2D): Tensor2D;
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
