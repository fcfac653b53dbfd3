import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OptionError } from '@diffir/core';
import type { TrainingConfig } from '@diffir/training';
import { exists, writeAtomically } from '../../io/write-atomically';
import type { ExampleFiles } from '../data/list-examples';

/** What a run folder says about its run: all that a resumed run must agree with. */
export interface RunRecord {
  readonly config: TrainingConfig;
  readonly backend: string;
  /** Into how many parts batches are split. */
  readonly parts: number;
  readonly examples: { readonly count: number; readonly digest: string };
}

const RECORD = 'run.json';

/** Settings that may change when a run is resumed: they do not touch what is learned. */
const free = new Set(['run', 'workers', 'validation', 'checkpoints', 'log', 'plugins']);

/** Reads what a run folder says, or nothing where there is no run yet. */
export async function readRunRecord(folder: string): Promise<RunRecord | undefined> {
  const path = join(folder, RECORD);
  if (!(await exists(path))) return undefined;
  // Written below, whole or not at all.
  return JSON.parse(await readFile(path, 'utf8')) as RunRecord;
}

/** Writes what the run is, and its configuration as it was given. */
export async function writeRunRecord(folder: string, record: RunRecord, source: string): Promise<void> {
  await writeText(join(folder, 'config.yaml'), source);
  await writeText(join(folder, RECORD), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** Replaces a text file whole. */
export async function writeText(path: string, text: string): Promise<void> {
  await writeAtomically(path, new TextEncoder().encode(text), { overwrite: true });
}

/** The data of a run in two numbers: which files, in which order. */
export function describeExamples(examples: readonly ExampleFiles[]): RunRecord['examples'] {
  const names = examples.map(({ name }) => name).join('\n');
  const digest = createHash('sha256').update(names).digest('hex').slice(0, 16);
  return { count: examples.length, digest };
}

/**
 * Refuses to go on with a run as another one.
 * @throws OptionError naming every setting that differs
 */
export function assertSameRun(recorded: RunRecord, wanted: Omit<RunRecord, 'parts'>, name: string): void {
  const [before, now] = [
    Object.entries(recorded.config),
    new Map<string, unknown>(Object.entries(wanted.config)),
  ];
  const changed = before
    .filter(([key, value]) => !free.has(key) && !equal(value, now.get(key)))
    .map(([key]) => key);
  const added = [...now].filter(
    ([key, value]) => !free.has(key) && value !== undefined && !before.some(([known]) => known === key),
  );
  const data = equal(recorded.examples, wanted.examples) ? [] : ['the files of the data'];
  const backend = recorded.backend === wanted.backend ? [] : [`backend (${recorded.backend} before)`];
  const differences = [...changed, ...added.map(([key]) => key), ...data, ...backend];
  if (differences.length === 0) return;
  throw new OptionError({
    subject: name,
    problem: `the run was begun with other settings: ${differences.join(', ')}`,
    remedy: 'resume with the settings it was begun with, or begin another run folder',
  });
}

function equal(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** JSON with keys in order. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, entry: unknown) => {
      if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
      return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? ''
  );
}
