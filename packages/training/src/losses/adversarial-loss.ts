import type { ImageLoss } from './image-loss';
import { realLoss } from './logistic-loss';
import type { PictureJudge } from './picture-judge';

export interface AdversarialLossOptions {
  /** Trained beside the network, see `discriminatorObjective`. */
  readonly discriminator: PictureJudge;
  readonly weight?: number;
}

/**
 * How far the discriminator is from taking the output for real: the mean of softplus(−score). Vanilla
 * (cross-entropy against "real") and non-saturating adversarial losses are this same term for the network.
 */
export function adversarialLoss({ discriminator, weight = 1 }: AdversarialLossOptions): ImageLoss {
  return {
    name: 'adversarial',
    weight,
    compute: ({ output }) => realLoss(discriminator.judge(output).score),
  };
}
