import { cpus } from 'node:os';
import type { Contestant } from '../../packages/cli/src/bench/contestant';
import { interleave } from '../../packages/cli/src/bench/interleave';
import { markdownTable } from '../../packages/cli/src/bench/markdown-table';
import { medianRatio } from '../../packages/cli/src/bench/statistics';
import {
  type TimingFigures,
  timingCells,
  timingFigures,
  timingHead,
} from '../../packages/cli/src/bench/timing-cells';
import { disagreement } from './agreement';
import { peakGflops } from './peak';

/** What contestants may differ by, relative to the largest magnitude in PyTorch's output. */
const TOLERANCE = 1e-3;

export interface ComparisonOptions {
  readonly contestants: readonly Contestant[];
  readonly peak: Contestant;
  readonly expected: Float32Array;
  readonly macs: number;
  readonly rounds: number;
}

/** What is written as JSON. */
export interface ComparisonReport {
  readonly machine: string;
  readonly peakGflops: number;
  readonly macs: number;
  readonly results: readonly ContestantReport[];
}

interface ContestantReport extends TimingFigures {
  readonly name: string;
  readonly device: string;
  /** See `disagreement`. */
  readonly difference: number;
  /** How many times as long as the first contestant's its passes took, in the median of the rounds. */
  readonly ratio: number;
}

/** Checks that the contestants agree, then times them in turn. Rejects when one differs or fails. */
export async function compare(options: ComparisonOptions): Promise<ComparisonReport> {
  const { contestants, peak, expected, macs, rounds } = options;
  const differences = new Map<Contestant, number>();
  for (const contestant of contestants) {
    const difference = await disagreement(contestant, expected);
    console.error(`${contestant.name}: differs by ${difference.toExponential(1)}`);
    if (!(difference <= TOLERANCE)) throw new RangeError(`${contestant.name} computes something else`);
    differences.set(contestant, difference);
  }
  const timings = await interleave([peak, ...contestants], {
    rounds,
    onMeasured: (name, round, { seconds }) =>
      console.error(`round ${round + 1}: ${name} ${seconds.toFixed(3)} s`),
  });
  const failed = timings.find(({ error }) => error !== undefined);
  if (failed !== undefined) throw failed.error;
  const [peakTiming, ...rest] = timings;
  const secondsOf = (index: number) => rest[index]?.measurements.map(({ seconds }) => seconds) ?? [];
  return {
    machine: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores`,
    peakGflops: peakGflops(peakTiming?.measurements ?? []),
    macs,
    results: rest.map(({ contestant, measurements }, index) => ({
      name: contestant.name,
      device: contestant.device,
      difference: differences.get(contestant) ?? Number.NaN,
      ratio: medianRatio(secondsOf(index), secondsOf(0)),
      ...timingFigures(measurements, macs),
    })),
  };
}

/** The report as a Markdown table. */
export function comparisonTable({ results, peakGflops }: ComparisonReport): string {
  const rows = results.map((result) => [
    result.name.replace(/:.*\//, ':'),
    ...timingCells(result),
    `${((100 * result.gflops) / peakGflops).toFixed(0)} %`,
    `×${result.ratio.toFixed(2)}`,
    result.difference.toExponential(1),
  ]);
  return markdownTable([['', ...timingHead, 'of peak', 'time ratio', 'difference'], ...rows]);
}
