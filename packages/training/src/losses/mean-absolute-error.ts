import { abs, mean, type Scalar, sub, type Tensor } from '@tensorflow/tfjs';

/** L1: the mean over all values of |a − b|, for tensors of one shape. */
export function meanAbsoluteError<T extends Tensor>(a: T, b: T): Scalar {
  return mean(abs(sub(a, b)));
}
