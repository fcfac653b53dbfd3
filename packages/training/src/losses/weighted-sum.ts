import { add, mul, type Scalar, scalar } from '@tensorflow/tfjs';
import type { ImageLoss, ImageLossInputs } from './image-loss';

/** The value of each image loss by name, unweighted, and their weighted sum. */
export interface ImageLossValues {
  readonly terms: Readonly<Record<string, Scalar>>;
  readonly total: Scalar;
}

/** Computes image losses and adds them up by their weights. */
export function weightedSum(losses: readonly ImageLoss[], inputs: ImageLossInputs): ImageLossValues {
  const values = losses.map(({ name, weight, compute }) => ({ name, weight, value: compute(inputs) }));
  const terms = Object.fromEntries(values.map(({ name, value }) => [name, value]));
  const weighted = values.map(({ weight, value }) => mul<Scalar>(value, weight));
  const [first = scalar(0), ...rest] = weighted;
  return { terms, total: rest.reduce<Scalar>((sum, value) => add(sum, value), first) };
}
