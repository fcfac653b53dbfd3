import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';

/** Pairs to train on: what the network sees and what it should make of it, in [0,1]. */
export interface TrainingBatch {
  /** `[N,H,W,C]`. */
  readonly lq: Tensor4D;
  /** `[N,H·scale,W·scale,3]`. */
  readonly gt: Tensor4D;
}

/** What stage 2 needs besides: ε of the forward process, N(0,1), `[N,256]`. */
export interface DiffusionBatch extends TrainingBatch {
  readonly noise: Tensor2D;
}
