import { add, mul, type Scalar, scalar } from '@tensorflow/tfjs';
import type { FeatureNetwork } from '../feature-networks/feature-network';
import type { ImageLoss } from './image-loss';
import { meanAbsoluteError } from './mean-absolute-error';

/** Weights of conv1_2, conv2_2, conv3_4, conv4_4 and conv5_4. */
const LAYER_WEIGHTS = [0.1, 0.1, 1, 1, 1] as const;

export interface PerceptualLossOptions {
  /** VGG-19, loaded with `loadFeatureNetwork(vgg19, …)`. */
  readonly network: FeatureNetwork;
  readonly layerWeights?: readonly number[];
  readonly weight?: number;
}

/** Weighted sum over layers of the L1 between the features of output and GT (Real-ESRGAN's perceptual loss). */
export function perceptualLoss({
  network,
  layerWeights = LAYER_WEIGHTS,
  weight = 1,
}: PerceptualLossOptions): ImageLoss {
  return {
    name: 'perceptual',
    weight,
    compute({ output, gt }) {
      const expected = network.features(gt);
      return network.features(output).reduce<Scalar>((sum, features, index) => {
        const others = expected[index] ?? features;
        return add(sum, mul(meanAbsoluteError(features, others), layerWeights[index] ?? 0));
      }, scalar(0));
    },
  };
}
