import { conv3x3, type ParameterScope } from '@diffir/core';
import { maxPool, relu, type Tensor4D } from '@tensorflow/tfjs';
import { type FeatureNetwork, type FeatureNetworkSource, normalizeColours } from './feature-network';

/** Convolutions between two poolings. */
const CONVOLUTIONS = [2, 2, 4, 4, 4] as const;
const WIDTHS = [64, 128, 256, 512, 512] as const;

export interface VGG19Options {
  /** Channels of each of the five groups of convolutions. */
  readonly widths?: readonly [number, number, number, number, number];
}

/**
 * The convolutions of VGG-19 (arXiv 1409.1556) under torchvision's names, `features.0` to `features.34`. Gives
 * the last one of each group before its ReLU: conv1_2, conv2_2, conv3_4, conv4_4 and conv5_4.
 */
export function vgg19Features(p: ParameterScope, { widths = WIDTHS }: VGG19Options = {}): FeatureNetwork {
  const scope = p.scope('features');
  let inputs = 3;
  let index = 0;
  const groups = CONVOLUTIONS.map((count, group) => {
    const outputs = widths[group] ?? inputs;
    const layers = Array.from({ length: count }, () => {
      const layer = conv3x3(scope.scope(`${index}`), { inputs, outputs, bias: true });
      inputs = outputs;
      // A ReLU stands between any two.
      index += 2;
      return layer;
    });
    // A pooling follows the group.
    index += 1;
    return layers;
  });
  return {
    features(picture) {
      const taken: Tensor4D[] = [];
      let x = normalizeColours(picture);
      for (const layers of groups) {
        if (taken.length > 0) x = maxPool(x, 2, 2, 'valid');
        const last = layers.reduce(
          (value, layer, position) => layer.forward(position === 0 ? value : relu(value)),
          x,
        );
        taken.push(last);
        x = relu(last);
      }
      return taken;
    },
  };
}

/** Where VGG-19 comes from. */
export const vgg19: FeatureNetworkSource = {
  name: 'VGG-19',
  weights: "torchvision's VGG-19 trained on ImageNet (vgg19-dcbb9e9d.pth)",
  build: (scope) => vgg19Features(scope),
};
