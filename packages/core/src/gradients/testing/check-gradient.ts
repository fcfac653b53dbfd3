import * as tf from '@tensorflow/tfjs-core';

/** A computation that is differentiable in all of its named inputs. */
export interface Differentiable {
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  compute(inputs: Readonly<Record<string, tf.Tensor>>): tf.Tensor;
}

/** How a gradient compares with central differences. */
export interface GradientCheck {
  readonly name: string;
  readonly shape: readonly number[] | undefined;
  readonly expectedShape: readonly number[];
  /** Of the slope along a random direction, over the slope or 1, whichever is larger. */
  readonly error: number;
}

/** Step of the central differences: their error is of its square, and float32 rounding divided by it. */
const STEP = 1e-2;
/** What the two errors come to for values around 1. */
export const SLOPE_TOLERANCE = 2e-3;

/** Repeatable values in [−1, 1), the same on every backend. */
export function noise<const S extends readonly number[]>(shape: S, seed: number): tf.Tensor {
  return tf.randomUniform([...shape], -1, 1, 'float32', seed);
}

/** The weights that turn an output into the number whose gradient is checked. */
export function outputWeights(shape: readonly number[]): tf.Tensor {
  return noise(shape, 99);
}

/** Compares gradients of Σ weights·output by every input with slopes along a random direction. */
export function checkGradients(
  { inputs, compute }: Differentiable,
  gradients: Readonly<Record<string, tf.Tensor | undefined>>,
): GradientCheck[] {
  const weights = outputWeights(compute(inputs).shape).dataSync();
  const weigh = (changed: Readonly<Record<string, tf.Tensor>>) => {
    const values = Array.from(compute({ ...inputs, ...changed }).dataSync());
    return values.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0);
  };
  return Object.entries(inputs).map(([name, input]) => {
    const direction = noise(input.shape, 98);
    const moved = (offset: number) => weigh({ [name]: tf.add(input, tf.mul(direction, offset)) });
    const slope = (moved(STEP) - moved(-STEP)) / (2 * STEP);
    const gradient = gradients[name];
    const found = gradient === undefined ? Number.NaN : tf.sum(tf.mul(gradient, direction)).dataSync()[0];
    return {
      name,
      shape: gradient?.shape,
      expectedShape: input.shape,
      error: Math.abs((found ?? Number.NaN) - slope) / Math.max(1, Math.abs(slope)),
    };
  });
}
