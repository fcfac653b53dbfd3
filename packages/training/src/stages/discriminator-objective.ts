import type { Parameters } from '@diffir/core';
import { add, image, mean, mul, neg, type Scalar, softplus, sub, type Tensor4D } from '@tensorflow/tfjs';
import type { Losses, Objective } from '../gradients/objective';
import { gradientPenalty } from '../losses/gradient-penalty';
import { fakeLoss, realLoss } from '../losses/logistic-loss';
import type { PictureJudge } from '../losses/picture-judge';

/** What a discriminator learns from; all `[N,H,W,C]` in [0,1]. */
export interface JudgedPictures {
  readonly real: Tensor4D;
  /** What the network made, as it is: nothing flows back to it. */
  readonly fake: Tensor4D;
  /** `[N,H,W,1]`, 1 where the fake is fake: the rest counts as real. Without it all of the fake is fake. */
  readonly hole?: Tensor4D;
}

export interface DiscriminatorOptions {
  /** Built in `parameters`. */
  readonly discriminator: PictureJudge & { trains(name: string): boolean };
  readonly parameters: Parameters;
  /** Weight of the R1 penalty on real pictures. Default: none. */
  readonly penaltyWeight?: number;
}

/**
 * Trains a discriminator to tell real from fake, by cross-entropy over its logits; with a hole as the target
 * and R1 for inpainting (as LaMa, arXiv 2109.07161 §2.3), plain for super-resolution.
 */
export function discriminatorObjective(options: DiscriminatorOptions): Objective<JudgedPictures> {
  const { discriminator, parameters, penaltyWeight = 0 } = options;
  return {
    parameters,
    trains: (name) => discriminator.trains(name),
    prepare: (pictures) => () => {
      const terms = termsOf(discriminator, pictures);
      const told: Scalar = add(terms.real, terms.fake);
      if (penaltyWeight === 0) return { total: told, terms };
      const penalty = gradientPenalty(discriminator, pictures.real);
      return { total: add(told, mul(penalty, penaltyWeight)), terms: { ...terms, penalty } };
    },
  };
}

function termsOf(
  discriminator: PictureJudge,
  { real, fake, hole }: JudgedPictures,
): Losses['terms'] & {
  readonly real: Scalar;
  readonly fake: Scalar;
} {
  const score = discriminator.judge(fake).score;
  return {
    real: realLoss(discriminator.judge(real).score),
    fake: hole === undefined ? fakeLoss(score) : fakeLossInHole(score, hole),
  };
}

/** Cross-entropy against the hole, resized to the logits by their nearest pixels. */
function fakeLossInHole(score: Tensor4D, hole: Tensor4D): Scalar {
  const target = image.resizeNearestNeighbor(hole, [score.shape[1], score.shape[2]]);
  const inside = mul(softplus(score), target);
  const outside = mul(softplus(neg(score)), sub(1, target));
  return mean(add(inside, outside));
}
