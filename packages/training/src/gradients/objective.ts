import type { Parameters } from '@diffir/core';
import type { Scalar, Tensor4D } from '@tensorflow/tfjs';

/** What is minimised, and what it is made of. */
export interface Losses {
  readonly total: Scalar;
  /** What is logged, by name. */
  readonly terms: Readonly<Record<string, Scalar>>;
  /** What the network made, for a discriminator to be trained on. */
  readonly output?: Tensor4D;
}

/** What a training step minimises: a loss of a batch, and the parameters it may change. */
export interface Objective<Batch> {
  /** Made with `trainable: true`. */
  readonly parameters: Parameters;
  /** Whether a parameter, by its published name, is trained; the others stay as they are. */
  trains(name: string): boolean;
  /**
   * Computes what is needed of a batch without gradients, say by a frozen teacher, and returns the rest: the
   * loss, differentiable in the parameters. It must be a mean over the batch's images.
   */
  prepare(batch: Batch): () => Losses;
}
