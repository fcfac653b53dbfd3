import type { RunningBackend } from '@diffir/core';
import { createPairDistance, type PairDistance, type Samples } from '../pair-distance/pair-distance';
import type { Score } from '../score/score';
import { featureNames } from '../weights/feature-names';
import { loadNetwork } from '../weights/load-network';
import { mergeWeights, type Weights } from '../weights/merge-weights';
import { distsNetwork } from './dists-network';

/** What a DISTS depends on. */
export type DistsSettings = {
  readonly backbone: 'vgg16, L2 pooling';
  /** DISTS's own tool shrinks the shorter side to 256 first; the published tables of restoration do not. */
  readonly resize: 'none';
  readonly samples: Samples;
  /** Name of the weight file. */
  readonly weights: string;
};

export type DistsScore = Score<'dists', DistsSettings>;

/** DISTS with its network loaded. */
export type Dists = PairDistance<'dists', DistsSettings>;

export interface DistsOptions {
  readonly backend: RunningBackend;
  /** `features.*` of VGG16 and DISTS's `alpha` and `beta`, see `weightFiles`. */
  readonly weights: Weights;
}

/**
 * Loads DISTS (Ding et al. 2020): similarities of means and of structure over the channels of VGG16 and of
 * the picture itself, weighted and taken from 1. Images go through the network at their own size.
 * @throws CheckpointError when no weights are given
 * @throws ModelMismatchError when they do not fit
 */
export async function loadDists({ backend, weights }: DistsOptions): Promise<Dists> {
  const merged = mergeWeights('dists', weights, featureNames);
  const { network, dispose } = await loadNetwork(merged, distsNetwork, backend);
  return createPairDistance({
    metric: 'dists',
    backend,
    settings: (samples) => ({
      backbone: 'vgg16, L2 pooling',
      resize: 'none',
      samples,
      weights: merged.name,
    }),
    network,
    dispose,
  });
}
