import {
  type Image,
  ModelMismatchError,
  OptionError,
  type RunningBackend,
  readTensor,
  withBackend,
} from '@diffir/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { INCEPTION_FEATURES, inceptionNetwork } from '../backbones/inception/inception';
import type { Samples } from '../pair-distance/pair-distance';
import { imageToBatch } from '../pixels/image-to-batch';
import type { Score } from '../score/score';
import { loadNetwork } from '../weights/load-network';
import { mergeWeights, type Rename, type Weights } from '../weights/merge-weights';
import { weightFiles } from '../weights/weight-files';
import { createFeatureStatistics, type GaussianStatistics } from './feature-statistics';
import { frechetDistance } from './frechet-distance';

/** What a FID depends on. */
export type FidSettings = {
  readonly features: 'Inception v3 of pytorch-fid, 2048';
  readonly resize: '299×299, bilinear, no antialiasing';
  readonly samples: Samples;
  /** How many images each set has; FIDs of other counts do not compare. 0 where a file does not tell. */
  readonly referenceCount: number;
  readonly restoredCount: number;
  /** Name of the weight file. */
  readonly weights: string;
};

export type FidScore = Score<'fid', FidSettings>;

export interface FidOptions {
  readonly backend: RunningBackend;
  /** The Inception network of pytorch-fid, see `weightFiles`. */
  readonly weights: Weights;
  /** Whether samples of images are rounded to 8 bits first. Default: 8-bit. */
  readonly samples?: Samples;
}

/** One side of a FID: takes in images one by one or in batches and keeps only their statistics. */
export interface FidSet {
  readonly count: number;
  /** Takes in an image, as RGB without alpha. */
  add(image: Image): Promise<void>;
  /** Takes in a batch `[N,H,W,3]` in [0,1], as it is. */
  addBatch(batch: Tensor4D): Promise<void>;
  /**
   * The statistics so far.
   * @throws OptionError for fewer than two images
   */
  finish(): GaussianStatistics;
}

/** FID with its network loaded. */
export interface Fid {
  /** An empty set of images. */
  createSet(): FidSet;
  /**
   * Fréchet inception distance of two sets. Takes about a minute where both have more than 2048 images.
   * @throws OptionError when the statistics are of other features than this network's
   */
  compare(reference: GaussianStatistics, restored: GaussianStatistics): FidScore;
  /** Frees the weights. */
  dispose(): void;
}

/** Beside the features lie a classifier, an auxiliary one and counters of training steps. */
const inceptionNames: Rename = (stored) =>
  /^fc\.|^AuxLogits\.|\.num_batches_tracked$/.test(stored) ? undefined : stored;

/**
 * Loads FID (Heusel et al. 2017) as pytorch-fid computes it: features of the last average pooling, images
 * resized to 299×299 bilinearly without antialiasing.
 * @throws CheckpointError when no weights are given
 * @throws ModelMismatchError when they do not fit, or are torchvision's own Inception, with which no
 * published FID was computed
 */
export async function loadFid({ backend, weights, samples = '8-bit' }: FidOptions): Promise<Fid> {
  assertFidWeights(weights);
  const merged = mergeWeights('inception-fid', weights, inceptionNames);
  const { network, dispose } = await loadNetwork(merged, inceptionNetwork, backend);

  function createSet(): FidSet {
    const statistics = createFeatureStatistics(INCEPTION_FEATURES);
    async function addBatch(batch: Tensor4D): Promise<void> {
      const features = withBackend(backend, () => network.features(batch));
      try {
        statistics.add(await readTensor(backend, features));
      } finally {
        features.dispose();
      }
    }
    return {
      get count() {
        return statistics.count;
      },
      async add(image) {
        const batch = withBackend(backend, () => imageToBatch(image, { samples }));
        try {
          await addBatch(batch);
        } finally {
          batch.dispose();
        }
      },
      addBatch,
      finish: () => statistics.finish(),
    };
  }

  return {
    createSet,
    compare(reference, restored) {
      if (reference.dimensions !== INCEPTION_FEATURES) {
        throw new OptionError({
          subject: 'FID',
          problem: `the statistics are of ${reference.dimensions} features instead of ${INCEPTION_FEATURES}`,
          remedy: 'use statistics of the last average pooling',
        });
      }
      const settings: FidSettings = {
        features: 'Inception v3 of pytorch-fid, 2048',
        resize: '299×299, bilinear, no antialiasing',
        samples,
        referenceCount: reference.count ?? 0,
        restoredCount: restored.count ?? 0,
        weights: merged.name,
      };
      return { metric: 'fid', value: frechetDistance(reference, restored), settings };
    },
    dispose,
  };
}

/** Names and shapes of torchvision's own Inception are the same but for its 1000 classes (TensorFlow's: 1008). */
function assertFidWeights(weights: Weights): void {
  for (const { name, stateDict } of [weights].flat()) {
    if (stateDict.get('fc.weight')?.shape[0] !== 1000) continue;
    throw new ModelMismatchError({
      subject: name,
      problem: "it is torchvision's Inception, which FID is not defined on",
      remedy: `get ${weightFiles['inception-fid'].published}`,
    });
  }
}
