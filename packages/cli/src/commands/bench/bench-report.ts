import { type TimingFigures, timingCells, timingHead } from '../../bench/timing-cells';
import { table } from '../../text/layout';
import { formatMagnitude } from '../../text/units';

/** What `diffir bench --json` prints. */
export interface BenchReport {
  readonly model: string;
  readonly architecture: string;
  readonly runs: number;
  readonly results: readonly BenchResult[];
}

/** One backend at one size. */
export interface BenchResult {
  readonly backend: string;
  readonly height: number;
  readonly width: number;
  /** Multiply–accumulates of a pass. */
  readonly macs: number;
  readonly device?: string;
  /** Megapixels of input a second, in the median. */
  readonly megapixelsPerSecond?: number;
  readonly figures?: TimingFigures;
  /** Why there are no figures. */
  readonly error?: string;
}

/** The report for people. */
export function benchAsText({ model, architecture, runs, results }: BenchReport): string {
  const timed = results.filter(({ figures }) => figures !== undefined);
  const rows = timed.map(({ figures, ...result }) => [
    `${result.height}×${result.width}`,
    result.backend,
    ...(figures ? timingCells(figures) : []),
    (result.megapixelsPerSecond ?? Number.NaN).toFixed(3),
    countersText(figures?.counters),
  ]);
  const head = ['size', 'backend', ...timingHead, 'MP/s', ''];
  const failures = results.flatMap(({ backend, height, width, error }) =>
    error === undefined ? [] : [`${backend} at ${height}×${width}: ${error}`],
  );
  return [
    `${model} (${architecture}), ${runs} ${runs === 1 ? 'pass' : 'passes'} each`,
    ...macsLines(results),
    ...(rows.length > 0 ? ['', table([head, ...rows])] : []),
    ...(failures.length > 0 ? ['', ...failures] : []),
  ].join('\n');
}

function macsLines(results: readonly BenchResult[]): string[] {
  const lines = results.map(
    ({ height, width, macs }) => `${height}×${width}: ${formatMagnitude(macs)} multiply–accumulates`,
  );
  return [...new Set(lines)];
}

function countersText(counters: Readonly<Record<string, number>> = {}): string {
  return Object.entries(counters)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
