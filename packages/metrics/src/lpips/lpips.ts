import type { RunningBackend } from '@diffir/core';
import { createPairDistance, type PairDistance, type Samples } from '../pair-distance/pair-distance';
import type { Score } from '../score/score';
import { featureNames } from '../weights/feature-names';
import { type LoadedNetwork, loadNetwork } from '../weights/load-network';
import { mergeWeights, type Weights } from '../weights/merge-weights';
import { type LpipsBackbone, type LpipsNetwork, lpipsNetwork } from './lpips-network';

/** What an LPIPS depends on. */
export type LpipsSettings = {
  readonly backbone: LpipsBackbone;
  readonly version: '0.1';
  readonly samples: Samples;
  /** Name of the weight file. */
  readonly weights: string;
};

export type LpipsScore = Score<'lpips', LpipsSettings>;

/** LPIPS with its network loaded. */
export type Lpips = PairDistance<'lpips', LpipsSettings>;

export interface LpipsOptions {
  readonly backend: RunningBackend;
  /** `features.*` of the backbone and `lin*.weight`, see `weightFiles`. */
  readonly weights: Weights;
  /** Default: alex, which the authors recommend for comparing images. */
  readonly backbone?: LpipsBackbone;
}

/**
 * Loads LPIPS v0.1 (Zhang et al. 2018, equation 1): distance of unit-normalised activations, weighted by
 * channel, averaged over the picture and summed over layers. Images go through the network at their own size.
 * @throws CheckpointError when no weights are given
 * @throws ModelMismatchError when they do not fit the backbone
 */
export async function loadLpips({ backbone = 'alex', ...options }: LpipsOptions): Promise<Lpips> {
  const { network, name, dispose } = await loadLpipsNetwork({ backbone, ...options });
  return createPairDistance({
    metric: 'lpips',
    backend: options.backend,
    settings: (samples) => ({ backbone, version: '0.1', samples, weights: name }),
    network,
    dispose,
  });
}

/** The network of LPIPS with its weights. */
export interface LoadedLpipsNetwork extends LoadedNetwork<LpipsNetwork> {
  /** Of the weight file. */
  readonly name: string;
}

/**
 * Loads the network of LPIPS alone, for what asks for distances of tensors and for their gradients.
 * @throws as `loadLpips`
 */
export async function loadLpipsNetwork({
  backend,
  weights,
  backbone = 'alex',
}: LpipsOptions): Promise<LoadedLpipsNetwork> {
  const merged = mergeWeights(`lpips-${backbone}`, weights, featureNames);
  const loaded = await loadNetwork(merged, (p) => lpipsNetwork(p, backbone), backend);
  return { ...loaded, name: merged.name };
}
