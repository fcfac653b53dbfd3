import { OptionError, type RunningBackend } from '@diffir/core';
import type { GaussianStatistics } from '../fid/feature-statistics';
import { modCrop } from '../pixels/mod-crop';
import type { Score } from '../score/score';
import type { Weights } from '../weights/merge-weights';
import { missingWeights, type WeightFileId } from '../weights/weight-files';
import { createMeter, type ImagePair, type Meter } from './meter';
import { type MetricRequest, weightFileOf } from './metric-request';

export interface EvaluationOptions {
  readonly metrics: readonly MetricRequest[];
  /** Where the networks of LPIPS, DISTS and FID run. */
  readonly backend: RunningBackend;
  /** Opens a weight file (`openWeights`), or its published parts; undefined where there is none. */
  readonly weights?: (id: WeightFileId) => Promise<Weights | undefined>;
  /** References are cropped to a multiple of this (`modCrop`): the scale of super-resolution. Default: 1. */
  readonly modCrop?: number;
  /** Statistics of the reference set of FID, in place of reference images. */
  readonly fidReference?: GaussianStatistics;
}

/** Several metrics over a set of images. */
export interface Evaluation {
  /**
   * Takes in an image and gives its scores, in the order the metrics were asked for; of metrics over sets,
   * none yet.
   * @throws ImageError when the pair differs in size, OptionError when a metric lacks its reference
   */
  measure(pair: ImagePair): Promise<readonly Score[]>;
  /** The scores of metrics over sets, when all images are in. */
  finish(): readonly Score[];
  /** Frees the weights. */
  dispose(): void;
}

/**
 * Starts metrics with everything they need, so that what is missing comes out before any image is read.
 * @throws CheckpointError naming the weight file that is missing and where it is published
 * @throws ModelMismatchError when a weight file is another one
 */
export async function createEvaluation({
  metrics,
  backend,
  weights = async () => undefined,
  modCrop: multiple = 1,
  fidReference,
}: EvaluationOptions): Promise<Evaluation> {
  if (metrics.length === 0) {
    throw new OptionError({ subject: 'metrics', problem: 'there are none', remedy: 'ask for at least one' });
  }
  const meters: Meter[] = [];
  const dispose = () => {
    for (const meter of meters) meter.dispose();
  };
  try {
    for (const request of metrics) {
      const needed = weightFileOf(request);
      const given = needed === undefined ? [] : await weights(needed);
      if (given === undefined && needed !== undefined) throw missingWeights(needed);
      meters.push(
        await createMeter(request, {
          backend,
          weights: given ?? [],
          ...(fidReference && { fidReference }),
        }),
      );
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    async measure({ restored, reference }) {
      const pair = { restored, ...(reference && { reference: modCrop(reference, multiple) }) };
      const scores: Score[] = [];
      for (const meter of meters) {
        const score = await meter.measure(pair);
        if (score !== undefined) scores.push(score);
      }
      return scores;
    },
    finish: () => meters.flatMap((meter) => meter.finish() ?? []),
    dispose,
  };
}
