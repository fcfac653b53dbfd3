import { OptionError } from '@diffir/core';
import type { LossesConfig } from '../config/losses-config';
import { targetOf } from '../config/sharpened-targets';
import type { FeatureNetwork } from '../feature-networks/feature-network';
import { adversarialLoss } from './adversarial-loss';
import { featureMatchingLoss } from './feature-matching-loss';
import type { ImageLoss } from './image-loss';
import { type DistanceNetwork, lpipsLoss } from './lpips-loss';
import { perceptualLoss } from './perceptual-loss';
import type { PictureJudge } from './picture-judge';
import { pixelLoss } from './pixel-loss';
import { receptivePerceptualLoss } from './receptive-perceptual-loss';
import { rememberJudgements } from './remember-judgements';
import { takenAgainst } from './taken-against';

/** The fixed networks that losses look through, as far as they are asked for. */
export interface LossNetworks {
  /** VGG-19. */
  readonly perceptual?: FeatureNetwork;
  /** The dilated ResNet-50. */
  readonly resnetPerceptual?: FeatureNetwork;
  readonly lpips?: DistanceNetwork;
}

/**
 * The image losses that need no discriminator.
 * @throws OptionError when a network that one looks through is missing
 */
export function plainLosses(losses: LossesConfig, networks: LossNetworks): ImageLoss[] {
  const { pixel, perceptual, resnetPerceptual, lpips } = losses;
  const { weight, region } = pixel;
  return [
    takenAgainst(targetOf(pixel), pixelLoss({ weight, region })),
    ...(perceptual === undefined
      ? []
      : [
          takenAgainst(
            targetOf(perceptual),
            perceptualLoss({
              network: required('perceptual', networks.perceptual),
              weight: perceptual.weight,
              ...(perceptual.layers && { layerWeights: perceptual.layers }),
            }),
          ),
        ]),
    ...(resnetPerceptual === undefined
      ? []
      : [
          receptivePerceptualLoss({
            network: required('resnetPerceptual', networks.resnetPerceptual),
            weight: resnetPerceptual.weight,
          }),
        ]),
    ...(lpips === undefined
      ? []
      : [lpipsLoss({ network: required('lpips', networks.lpips), weight: lpips.weight })]),
  ];
}

/** The image losses that a discriminator gives; features are matched with what it takes for real. */
export function judgedLosses(
  { adversarial, featureMatching }: LossesConfig,
  judge: PictureJudge,
): ImageLoss[] {
  const discriminator = rememberJudgements(judge);
  const matching = featureMatching && featureMatchingLoss({ discriminator, weight: featureMatching.weight });
  return [
    ...(adversarial ? [adversarialLoss({ discriminator, weight: adversarial.weight })] : []),
    ...(matching ? [takenAgainst(targetOf(adversarial), matching)] : []),
  ];
}

function required<Network>(loss: string, network: Network | undefined): Network {
  if (network !== undefined) return network;
  throw new OptionError({
    subject: `losses.${loss}`,
    problem: 'the network that it looks through is not loaded',
    remedy: 'load it and give it with lossNetworks',
  });
}
