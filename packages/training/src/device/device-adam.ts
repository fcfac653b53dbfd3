import { add, div, mul, type Scalar, sqrt, square, sub, sum, type Tensor1D } from '@tensorflow/tfjs';
import type { AdamOptions } from '../optimiser/adam';

/** Adam's moving averages of the gradient and of its square. */
export type Moments = {
  readonly first: Tensor1D;
  readonly second: Tensor1D;
};

export interface DeviceAdamStep extends AdamOptions {
  readonly gradient: Tensor1D;
  /** Steps taken, this one included. */
  readonly step: number;
  /** The learning rate: of all values, or of each. */
  readonly rate: number | Tensor1D;
}

/** One step of Adam as `adamStep` takes it, in float32 on the current backend; nothing is read back. */
export function deviceAdam(
  weights: Tensor1D,
  { first, second }: Moments,
  { gradient, step, rate, betas: [beta1, beta2] = [0.9, 0.99], epsilon = 1e-8 }: DeviceAdamStep,
): Moments & { readonly weights: Tensor1D } {
  const correction1 = 1 - beta1 ** step;
  const correction2 = Math.sqrt(1 - beta2 ** step);
  const m = movingAverage(first, gradient, beta1);
  const v = movingAverage(second, square(gradient), beta2);
  const size = typeof rate === 'number' ? rate / correction1 : div<Tensor1D>(rate, correction1);
  const change: Tensor1D = div(mul(m, size), add(div(sqrt(v), correction2), epsilon));
  return { weights: sub(weights, change), first: m, second: v };
}

/** decay·average + (1−decay)·value. */
export function movingAverage(average: Tensor1D, value: Tensor1D, decay: number): Tensor1D {
  return add(mul(average, decay), mul(value, 1 - decay));
}

/** The Euclidean norm. */
export function vectorNorm(vector: Tensor1D): Scalar {
  return sqrt(sum<Scalar>(square(vector)));
}
