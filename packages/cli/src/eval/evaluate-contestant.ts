import { BackendUnavailableError, ModelUseError, type PixelSize } from '@diffir/core';
import type { Evaluation, Score } from '@diffir/metrics';
import { type BatchProgress, createBatchProgress, type ProgressItem } from '../batch/batch-progress';
import { overlapStages } from '../batch/overlap-stages';
import type { Progress } from '../progress';
import type { Contestant } from './contestant';
import type { ExampleReader } from './example-reader';
import type { ImagePair } from './find-pairs';
import type { ImageStore } from './image-store';
import type { Example } from './read-example';
import type { CachedResult, ResultsCache } from './results-cache';

/** A pair to be worked on, with what was found out about its files. */
export interface PlannedPair {
  readonly pair: ImagePair;
  readonly key: string;
  /** Of the low-quality image, where that is known. */
  readonly size?: PixelSize;
  /** Pixels of the ground truth, and so of the result, where that is known. */
  readonly pixels?: number;
}

export interface ContestSetup {
  readonly contestant: Contestant;
  readonly read: ExampleReader;
  /** Metrics that score images one by one. */
  readonly evaluation: Evaluation;
  readonly cache?: ResultsCache;
  readonly store?: ImageStore;
  readonly progress: Pick<Progress, 'show'>;
  readonly signal: AbortSignal;
  readonly onFailed: (pair: ImagePair, error: unknown) => void;
}

/** What a contestant got for one image. */
export interface MeasuredImage {
  readonly scores: readonly Score[];
  /** Hash of the stored image; empty where it is not stored. */
  readonly image: string;
}

/** Pixels of results that may be in memory at once, as many of ground truth beside them: about 0.4 GB in RGB. */
const MOST_PIXELS = 64e6;

interface Job extends ProgressItem {
  readonly planned: PlannedPair;
}

interface Ready {
  readonly example: Example;
}

interface Restored extends Ready {
  readonly restored: Example['lq'];
}

/**
 * Restores and measures what the cache does not know: one image is read, others are restored and one is
 * measured at the same time.
 * @returns what each pair got, by the pair's name, without those that failed
 * @throws the signal's reason when aborted; BackendUnavailableError; ModelUseError, which all images would meet
 */
export async function evaluateContestant(
  pairs: readonly PlannedPair[],
  setup: ContestSetup,
): Promise<ReadonlyMap<string, MeasuredImage>> {
  const { contestant, cache, signal, onFailed } = setup;
  const results = new Map<string, MeasuredImage>();
  const open: PlannedPair[] = [];
  for (const planned of pairs) {
    const known = cache?.get(planned.key);
    if (known !== undefined && (await isStored(planned, known, setup))) results.set(planned.pair.name, known);
    else open.push(planned);
  }
  const jobs = open.map(
    (planned): Job => ({
      planned,
      name: `${contestant.name} · ${planned.pair.name}`,
      pixels: planned.pixels,
      size: planned.size,
    }),
  );
  if (jobs.length === 0) return results;
  const atOnce = contestant.planBatch(open.flatMap(({ size }) => size ?? []));
  const shown = createBatchProgress(jobs, { progress: setup.progress, lanes: atOnce });
  await overlapStages(jobs, stagesOf(setup, shown), {
    restoring: atOnce,
    weightOf: ({ pixels = 0 }) => pixels,
    mostWeight: MOST_PIXELS,
    signal,
    onDone(job, measured) {
      shown.end(job);
      results.set(job.planned.pair.name, measured);
    },
    onFailed(job, error) {
      if (BackendUnavailableError.isInstance(error) || ModelUseError.isInstance(error)) throw error;
      shown.end(job);
      onFailed(job.planned.pair, error);
    },
  });
  return results;
}

/** A result without its image cannot be shown. */
async function isStored(
  { pair }: PlannedPair,
  { image }: CachedResult,
  { contestant, store }: ContestSetup,
): Promise<boolean> {
  if (store === undefined || contestant.remade) return true;
  return (await store.read({ contestant: contestant.name, pair: pair.name }, image)) !== undefined;
}

function stagesOf(setup: ContestSetup, shown: BatchProgress) {
  const { contestant, read, evaluation, cache, store, signal } = setup;
  return {
    decode: async ({ planned }: Job): Promise<Ready> => ({
      example: await read(planned.pair),
    }),
    async restore(job: Job, { example }: Ready): Promise<Restored> {
      shown.begin(job);
      const restored = await contestant.restore(example, {
        signal,
        onProgress: (done) => shown.update(job, done),
      });
      return { example, restored };
    },
    async write({ planned }: Job, { example, restored }: Restored): Promise<MeasuredImage> {
      const place = { contestant: contestant.name, pair: planned.pair.name };
      // Encoding has threads of its own.
      const [image, scores] = await Promise.all([
        contestant.remade ? '' : (store?.write(place, restored, signal) ?? ''),
        evaluation.measure({ restored, reference: example.reference }),
      ]);
      const measured = { scores, image };
      await cache?.add(planned.key, measured);
      return measured;
    },
  };
}
