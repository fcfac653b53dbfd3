import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ImageStore, imageStore } from '../../eval/image-store';
import { isPerImage, type NamedRequest } from '../../eval/report/evaluation-report';
import { openResultsCache, type ResultsCache } from '../../eval/results-cache';
import type { EvalFlags } from './command';
import type { ReportTarget } from './report-targets';

/** Where a run keeps what it makes. */
export interface Storage {
  readonly cache?: ResultsCache;
  readonly store?: ImageStore;
}

interface StorageNeeds {
  readonly flags: Pick<EvalFlags, 'output' | 'resume'>;
  readonly targets: readonly ReportTarget[];
  readonly requests: readonly NamedRequest[];
  readonly cwd: string;
}

/**
 * Keeps results and images in the output folder; without one, images in a temporary folder where a report shows
 * them or a metric needs them all, for as long as `use` takes.
 */
export async function withStorage<T>(
  { flags: { output, resume }, targets, requests, cwd }: StorageNeeds,
  use: (storage: Storage) => Promise<T>,
): Promise<T> {
  if (output !== undefined) {
    const folder = resolve(cwd, output);
    const cache = await openResultsCache(folder);
    return use({ cache: resume ? cache : { ...cache, get: () => undefined }, store: imageStore(folder) });
  }
  const needsImages =
    targets.some(({ kind }) => kind === 'html') || requests.some(({ request }) => !isPerImage(request));
  if (!needsImages) return use({});
  const folder = await mkdtemp(join(tmpdir(), 'diffir-eval-'));
  try {
    return await use({ store: imageStore(folder) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
