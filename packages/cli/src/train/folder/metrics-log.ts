import { appendFile, readFile } from 'node:fs/promises';
import type { RunLogRecord } from '@diffir/training';
import { exists } from '../../io/write-atomically';
import { writeText } from './run-folder';

/** The log of a run. */
export interface MetricsLog {
  readonly records: readonly RunLogRecord[];
  add(record: RunLogRecord): Promise<void>;
}

/** Opens the log of a run that goes on after an iteration: what a killed run logged beyond it is dropped. */
export async function openMetricsLog(path: string, iteration: number): Promise<MetricsLog> {
  const records = (await exists(path)) ? parse(await readFile(path, 'utf8')) : [];
  const kept = records.filter((record) => record.iteration <= iteration);
  await writeText(path, kept.map(toLine).join(''));
  return {
    records: kept,
    async add(record) {
      kept.push(record);
      await appendFile(path, toLine(record));
    },
  };
}

function toLine(record: RunLogRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** A killed run may have left half a line at the end. */
function parse(text: string): RunLogRecord[] {
  const lines = text.split('\n').slice(0, -1);
  // Written above.
  return lines.map((line) => JSON.parse(line) as RunLogRecord);
}
