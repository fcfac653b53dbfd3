import { basename, join } from 'node:path';
import { type RunLogRecord, renderReport } from '@diffir/training';
import type { BestCheckpoint } from './checkpoint-folder';
import { writeText } from './run-folder';
import { lastSamples } from './sample-folder';

export interface ReportContent {
  readonly records: readonly RunLogRecord[];
  readonly environment: Readonly<Record<string, unknown>>;
  readonly best: BestCheckpoint | undefined;
  readonly iterations: number;
  /** The configuration as it was written. */
  readonly source: string;
}

/** Writes report.html into a run folder: the run so far on one page that needs nothing else. */
export async function writeReport(folder: string, content: ReportContent): Promise<void> {
  const { records, environment, best, iterations, source } = content;
  const last = records.at(-1);
  const facts = {
    iterations: `${last?.iteration ?? 0} of ${iterations}`,
    'last logged': last?.time ?? '–',
    ...(best && { 'best checkpoint': `iteration ${best.iteration}, ${best.psnr.toFixed(3)} dB` }),
    ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, show(value)])),
  };
  const html = renderReport({
    title: `Training run ${basename(folder)}`,
    records,
    facts,
    samples: await lastSamples(join(folder, 'samples')),
    config: source,
  });
  await writeText(join(folder, 'report.html'), html);
}

function show(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.values(value).join(', ') : String(value);
}
