import { resolve } from 'node:path';
import type { NamedStateDict, RunningBackend } from '@diffir/core';
import { loadLpipsNetwork } from '@diffir/metrics';
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
  { perceptual, resnetPerceptual, lpips }: LossesConfig,
  folder: string,
  backend: RunningBackend,
): Promise<LoadedLossNetworks> {
  const withFile = <T>(file: string, load: (weights: NamedStateDict) => Promise<T>): Promise<T> =>
    withCheckpoint(nodeHost(folder), resolve(folder, file), ({ stateDict }) =>
      load({ name: file, stateDict }),
    );
  const open = (source: FeatureNetworkSource, file: string): Promise<LoadedFeatureNetwork> =>
    withFile(file, (weights) => loadFeatureNetwork(source, weights, backend));
  const openLpips = ({ file, backbone }: NonNullable<typeof lpips>) =>
    withFile(file, async (weights) => {
      const { network, dispose } = await loadLpipsNetwork({ backend, weights, backbone });
      return { ...network, dispose };
    });
  return {
    ...(perceptual && { perceptual: await open(vgg19, perceptual.file) }),
    ...(resnetPerceptual && { resnetPerceptual: await open(resnet50Dilated, resnetPerceptual.file) }),
    ...(lpips && { lpips: await openLpips(lpips) }),
  };
}
