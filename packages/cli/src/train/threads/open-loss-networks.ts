import { resolve } from 'node:path';
import type { RunningBackend } from '@diffir/core';
import {
  type FeatureNetworkSource,
  type LoadedFeatureNetwork,
  type LoadedLossNetworks,
  type LossesConfig,
  loadFeatureNetwork,
  resnet50Dilated,
  vgg19,
} from '@diffir/training';
import { nodeHost } from '../../io/node-host';
import { withCheckpoint } from '../../io/with-checkpoint';

/**
 * Loads the networks that a configuration's losses look through, from the user's files.
 * @param folder where the files' paths start from
 * @throws CheckpointError, ModelMismatchError naming the file
 */
export async function openLossNetworks(
  { perceptual, resnetPerceptual }: LossesConfig,
  folder: string,
  backend: RunningBackend,
): Promise<LoadedLossNetworks> {
  const open = (source: FeatureNetworkSource, file: string): Promise<LoadedFeatureNetwork> =>
    withCheckpoint(nodeHost(folder), resolve(folder, file), ({ stateDict }) =>
      loadFeatureNetwork(source, { name: file, stateDict }, backend),
    );
  return {
    ...(perceptual && { perceptual: await open(vgg19, perceptual.file) }),
    ...(resnetPerceptual && { resnetPerceptual: await open(resnet50Dilated, resnetPerceptual.file) }),
  };
}
