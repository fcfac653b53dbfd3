import { mean, neg, type Scalar, softplus, type Tensor } from '@tensorflow/tfjs';

/** Mean of −ln P(real) over all logits: small where they say real. */
export function realLoss(score: Tensor): Scalar {
  return mean(softplus(neg(score)));
}

/** Mean of −ln P(fake) over all logits: small where they say fake. */
export function fakeLoss(score: Tensor): Scalar {
  return mean(softplus(score));
}
