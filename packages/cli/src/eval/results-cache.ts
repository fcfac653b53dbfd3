import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OutputError } from '@diffir/core';
import type { Score } from '@diffir/metrics';
import { describeFileError, fileErrorCode } from '../io/file-errors';
import { makeFolder } from '../io/make-folder';
import { fromStoredScore, type StoredScore, toStoredScore } from './score-json';

/** The scores of one image, and the restored image they are of. */
export interface CachedResult {
  readonly scores: readonly Score[];
  /** SHA-256 of the restored image's file. */
  readonly image: string;
}

/** Results of earlier runs. */
export interface ResultsCache {
  get(key: string): CachedResult | undefined;
  /** Keeps a result, at once: a run may be stopped at any time. */
  add(key: string, result: CachedResult): Promise<void>;
}

/** What the file of results is called in the output folder. */
export const RESULTS_FILE = 'results.jsonl';

interface Line {
  readonly key: string;
  readonly image: string;
  readonly scores: readonly StoredScore[];
}

/**
 * The results in a folder, one line of JSON each; of two with one key the later counts.
 * @throws OutputError when the file cannot be read or written
 */
export async function openResultsCache(folder: string): Promise<ResultsCache> {
  const path = join(folder, RESULTS_FILE);
  await makeFolder(folder).catch((cause: unknown) => fail(folder, cause));
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (fileErrorCode(cause) === 'ENOENT') return '';
    return fail(path, cause);
  });
  const results = new Map(text.split('\n').flatMap(parseLine));
  // A line that was cut off must not run into the next one.
  let separator = text === '' || text.endsWith('\n') ? '' : '\n';
  return {
    get: (key) => results.get(key),
    async add(key, result) {
      results.set(key, result);
      const line: Line = { key, image: result.image, scores: result.scores.map(toStoredScore) };
      const written = `${separator}${JSON.stringify(line)}\n`;
      separator = '';
      await appendFile(path, written).catch((cause: unknown) => fail(path, cause));
    },
  };
}

/** None where a run was stopped while it wrote the line: what it would say is measured again. */
function parseLine(text: string): (readonly [string, CachedResult])[] {
  const line = parseJson(text);
  if (!isLine(line)) return [];
  return [[line.key, { image: line.image, scores: line.scores.map(fromStoredScore) }]];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isLine(value: unknown): value is Line {
  if (typeof value !== 'object' || value === null) return false;
  return 'key' in value && 'image' in value && 'scores' in value && Array.isArray(value.scores);
}

function fail(subject: string, cause: unknown): never {
  throw new OutputError({
    subject,
    problem: `results cannot be kept there: ${describeFileError(cause)}`,
    remedy: 'choose another output folder',
    cause,
  });
}
