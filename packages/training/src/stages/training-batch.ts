import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { GroundTruths } from '../losses/ground-truth';

/** Pairs to train on: what the network sees and, `scale` times as large, what it should make of it; in [0,1]. */
export interface TrainingBatch extends GroundTruths {
  /** `[N,H,W,C]`. */
  readonly lq: Tensor4D;
}

/** What stage 2 needs besides: ε of the forward process, N(0,1), `[N,256]`. */
export interface DiffusionBatch extends TrainingBatch {
  readonly noise: Tensor2D;
}
