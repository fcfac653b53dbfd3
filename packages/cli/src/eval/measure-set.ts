import type { Image, RunningBackend } from '@diffir/core';
import { createEvaluation, type MetricRequest, type Score } from '@diffir/metrics';
import type { ExampleReader } from './example-reader';
import type { ImagePair } from './find-pairs';
import type { MetricWeights } from './metric-weights';
import { openedForLoading } from './opened-for-loading';

interface SetSetup {
  /** Metrics that score sets of images. */
  readonly requests: readonly MetricRequest[];
  readonly backend: RunningBackend;
  readonly weights: MetricWeights;
  readonly read: ExampleReader;
  /** What was made of a pair; undefined where it is not there any more. */
  readonly restored: (pair: ImagePair) => Promise<Image | undefined>;
  readonly signal: AbortSignal;
}

/**
 * The scores of a contestant's images as a set, taken in in the pairs' order: sums in another order would differ
 * in their last digits.
 */
export async function measureSet(
  pairs: readonly ImagePair[],
  { requests, backend, weights, read, restored: restoredOf, signal }: SetSetup,
): Promise<readonly Score[]> {
  if (requests.length === 0) return [];
  const evaluation = await openedForLoading(weights, (open) =>
    createEvaluation({ metrics: requests, backend, weights: open }),
  );
  try {
    for (const pair of pairs) {
      signal.throwIfAborted();
      const restored = await restoredOf(pair);
      if (restored === undefined) continue;
      const { reference } = await read(pair);
      await evaluation.measure({ restored, reference });
    }
    return evaluation.finish();
  } finally {
    evaluation.dispose();
  }
}
