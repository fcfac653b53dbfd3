import { type Image, ImageError, type RunningBackend } from '@diffir/core';
import { createEvaluation, type Evaluation, type Score } from '@diffir/metrics';
import { decodePhoto } from '../io/decode-photo';
import type { Progress } from '../progress';
import type { Contestant } from './contestant';
import { evaluateContestant, type MeasuredImage } from './evaluate-contestant';
import { createExampleReader, type ExampleReader } from './example-reader';
import type { ImagePair } from './find-pairs';
import type { ImageStore } from './image-store';
import { measureSet } from './measure-set';
import type { MetricWeights } from './metric-weights';
import { openedForLoading } from './opened-for-loading';
import { planPairs } from './plan-pairs';
import type { ReadExampleOptions } from './read-example';
import { commonNames, isPerImage, type NamedRequest, type Outcome } from './report/evaluation-report';
import type { ResultsCache } from './results-cache';

export interface EvaluationSetup {
  readonly pairs: readonly ImagePair[];
  readonly reading: ReadExampleOptions;
  /** Each is made when it is its turn, so that one model is in memory at a time. */
  readonly contestants: readonly (() => Promise<Contestant>)[];
  readonly requests: readonly NamedRequest[];
  readonly weights: MetricWeights;
  /** Where the networks of metrics run. */
  readonly backend: RunningBackend;
  readonly cache?: ResultsCache;
  /** Needed for metrics of sets, and to show images. */
  readonly store?: ImageStore;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly onStarted: (contestant: Contestant) => void;
  readonly onFailed: (contestant: Contestant, pair: ImagePair, error: unknown) => void;
}

/** What a contestant is, and what it got. */
export interface ContestResult extends Outcome {
  readonly identity: Contestant['identity'];
}

export interface EvaluationResult {
  readonly contests: readonly ContestResult[];
  /** What a contestant made of a pair; undefined where that is neither stored nor made again. */
  restored(contestant: string, pair: string): Promise<Image | undefined>;
  /** The ground truth of a pair, as large as what was made of it. */
  reference(pair: string): Promise<Image>;
}

interface ContestsSetup extends EvaluationSetup {
  readonly read: ExampleReader;
}

interface Contest {
  readonly contestant: Contestant;
  readonly measured: ReadonlyMap<string, MeasuredImage>;
}

/**
 * Lets every contestant work on every pair, one contestant after the other, and measures what they make.
 * @throws the signal's reason when aborted; what concerns a whole contestant or all images
 */
export async function runEvaluation(options: EvaluationSetup): Promise<EvaluationResult> {
  const setup = { ...options, read: createExampleReader(options.reading) };
  const { pairs, read } = setup;
  const contests = await runContests(setup);
  const scored = contests.map(({ contestant: { name, identity }, measured }) => {
    const scores = new Map([...measured].map(([pair, image]) => [pair, image.scores]));
    return { name, identity, scores };
  });
  const names = commonNames(
    pairs.map(({ name }) => name),
    scored,
  );
  const sets = await measureSets(setup, contests, names);
  return {
    contests: scored.map((contest, index) => ({ ...contest, sets: sets[index] ?? [] })),
    async restored(name, pair) {
      const contest = contests.find(({ contestant }) => contestant.name === name);
      return contest && restoredBy(contest, pairNamed(pairs, pair), setup);
    },
    reference: async (name) => (await read(pairNamed(pairs, name))).reference,
  };
}

async function runContests(setup: ContestsSetup): Promise<readonly Contest[]> {
  const { pairs, reading, read, requests, cache, store, progress, signal } = setup;
  const evaluation = await openEvaluation(setup);
  try {
    const plans = await planPairs(pairs, {
      reading,
      measuring: {
        requests: JSON.stringify(requests.map(({ request }) => request).filter(isPerImage)),
        weights: cache === undefined ? {} : await setup.weights.hashes(),
        backend: setup.backend.id,
      },
      hashing: cache !== undefined,
      signal,
    });
    const contests: Contest[] = [];
    for (const open of setup.contestants) {
      const contestant = await open();
      try {
        setup.onStarted(contestant);
        const measured = await evaluateContestant(plans.for(contestant), {
          contestant,
          read,
          evaluation,
          ...(cache && { cache }),
          ...(store && { store }),
          progress,
          signal,
          onFailed: (pair, error) => setup.onFailed(contestant, pair, error),
        });
        contests.push({ contestant, measured });
      } finally {
        await contestant.dispose();
      }
    }
    return contests;
  } finally {
    evaluation.dispose();
  }
}

/** The metrics that score images one by one; there may be none. */
async function openEvaluation({ requests, weights, backend }: EvaluationSetup): Promise<Evaluation> {
  const metrics = requests.map(({ request }) => request).filter(isPerImage);
  if (metrics.length === 0) return { measure: async () => [], finish: () => [], dispose() {} };
  return openedForLoading(weights, (open) => createEvaluation({ metrics, backend, weights: open }));
}

async function measureSets(
  setup: ContestsSetup,
  contests: readonly Contest[],
  names: readonly string[],
): Promise<readonly (readonly Score[])[]> {
  const { pairs, weights, backend, read, signal } = setup;
  const requests = setup.requests.map(({ request }) => request).filter((request) => !isPerImage(request));
  if (requests.length === 0) return [];
  const common = pairs.filter(({ name }) => names.includes(name));
  const scores: (readonly Score[])[] = [];
  for (const contest of contests) {
    const restored = (pair: ImagePair) => restoredBy(contest, pair, setup);
    scores.push(await measureSet(common, { requests, backend, weights, read, restored, signal }));
  }
  return scores;
}

async function restoredBy(
  { contestant, measured }: Contest,
  pair: ImagePair,
  { read, store, signal }: ContestsSetup,
): Promise<Image | undefined> {
  if (contestant.remade) return contestant.restore(await read(pair), { signal });
  const hash = measured.get(pair.name)?.image;
  const file = hash && (await store?.read({ contestant: contestant.name, pair: pair.name }, hash));
  return file ? (await decodePhoto(file, pair.name)).image : undefined;
}

function pairNamed(pairs: readonly ImagePair[], name: string): ImagePair {
  const pair = pairs.find((each) => each.name === name);
  if (pair !== undefined) return pair;
  throw new ImageError({ subject: name, problem: 'no pair has this name' });
}
