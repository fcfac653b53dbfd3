import { grad, mean, type Scalar, square, sum, type Tensor, type Tensor4D } from '@tensorflow/tfjs';
import type { PictureJudge } from './picture-judge';

/**
 * R1 penalty (arXiv 1801.04406 eq. 9, without its factor): the squared norm of the gradient of the summed score
 * by each real picture `[N,H,W,C]`, averaged over them. Differentiable in the discriminator's parameters.
 */
export function gradientPenalty(discriminator: PictureJudge, real: Tensor4D): Scalar {
  const scoreOf = (picture: Tensor) => sum(discriminator.judge(picture as Tensor4D).score);
  return mean(sum(square(grad(scoreOf)(real)), [1, 2, 3]));
}
