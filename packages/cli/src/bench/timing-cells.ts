import { formatBytes } from '../text/units';
import type { Measurement } from './contestant';
import { type Summary, summarize } from './statistics';

/** What reports say of one contestant. */
export interface TimingFigures {
  readonly seconds: Summary;
  readonly gflops: number;
  readonly peakBytes: number;
  /** Of the last pass. */
  readonly counters?: Readonly<Record<string, number>>;
}

/** @param macs multiply–accumulates of one pass; each is two operations */
export function timingFigures(measurements: readonly Measurement[], macs: number): TimingFigures {
  const seconds = summarize(measurements.map((measurement) => measurement.seconds));
  const counters = measurements.at(-1)?.counters;
  return {
    seconds,
    gflops: (2 * macs) / seconds.median / 1e9,
    peakBytes: Math.max(...measurements.map((measurement) => measurement.peakBytes)),
    ...(counters && { counters }),
  };
}

export const timingHead = ['median s', 'min s', 'quartiles s', 'GFLOP/s', 'peak memory'];

/** The cells under `timingHead`. */
export function timingCells({ seconds, gflops, peakBytes }: TimingFigures): string[] {
  const { median, min, quartile1, quartile3 } = seconds;
  return [
    formatSeconds(median),
    formatSeconds(min),
    `${formatSeconds(quartile1)}–${formatSeconds(quartile3)}`,
    gflops.toFixed(1),
    formatBytes(peakBytes),
  ];
}

/** Three significant digits. */
function formatSeconds(seconds: number): string {
  return seconds >= 100 ? seconds.toFixed(0) : seconds.toPrecision(3);
}
