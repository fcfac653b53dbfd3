import type { Scalar, Tensor4D } from '@tensorflow/tfjs';
import type { GroundTruths } from './ground-truth';

/** What an image loss may look at; all `[N,H,W,C]` in [0,1]. */
export interface ImageLossInputs extends GroundTruths {
  /** What the network made of the LQ images. */
  readonly output: Tensor4D;
  readonly lq: Tensor4D;
}

/** A term of a task's training loss over images, as a value that recipes put together. */
export interface ImageLoss {
  /** The name it is logged under. */
  readonly name: string;
  /** Its factor in the total. */
  readonly weight: number;
  /** The term without its weight: differentiable in `output`. */
  compute(inputs: ImageLossInputs): Scalar;
}
