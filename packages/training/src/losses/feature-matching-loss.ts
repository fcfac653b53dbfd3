import { add, mean, mul, type Scalar, scalar, squaredDifference, type Tensor4D } from '@tensorflow/tfjs';
import type { AdversarialLossOptions } from './adversarial-loss';
import type { ImageLoss } from './image-loss';

/** Mean over the discriminator's inner activations of their mean squared difference between output and GT. */
export function featureMatchingLoss({ discriminator, weight = 1 }: AdversarialLossOptions): ImageLoss {
  return {
    name: 'featureMatching',
    weight,
    compute: ({ output, gt }) =>
      meanOfDifferences(discriminator.judge(output).features, discriminator.judge(gt).features),
  };
}

function meanOfDifferences(first: readonly Tensor4D[], second: readonly Tensor4D[]): Scalar {
  const differences = first.flatMap((features, index) => {
    const others = second[index];
    return others === undefined ? [] : [mean<Scalar>(squaredDifference(features, others))];
  });
  const sum = differences.reduce<Scalar>((total, difference) => add(total, difference), scalar(0));
  return mul(sum, 1 / Math.max(differences.length, 1));
}
