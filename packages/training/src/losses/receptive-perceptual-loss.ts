import { add, mean, type Scalar, scalar, squaredDifference } from '@tensorflow/tfjs';
import type { FeatureNetwork } from '../feature-networks/feature-network';
import type { ImageLoss } from './image-loss';

export interface ReceptivePerceptualLossOptions {
  /** The dilated ResNet-50, loaded with `loadFeatureNetwork(resnet50Dilated, …)`. */
  readonly network: FeatureNetwork;
  readonly weight?: number;
}

/**
 * Sum over stages of the mean squared difference between the features of output and GT, from a network of high
 * receptive field (LaMa's ResNet-PL, arXiv 2109.07161 eq. 1).
 */
export function receptivePerceptualLoss({ network, weight = 30 }: ReceptivePerceptualLossOptions): ImageLoss {
  return {
    name: 'resnetPerceptual',
    weight,
    compute({ output, gt }) {
      const expected = network.features(gt);
      return network.features(output).reduce<Scalar>((sum, features, index) => {
        return add(sum, mean(squaredDifference(features, expected[index] ?? features)));
      }, scalar(0));
    },
  };
}
