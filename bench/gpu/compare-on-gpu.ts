import type { Contestant } from '../../packages/cli/src/bench/contestant';
import { interleave, type Timing } from '../../packages/cli/src/bench/interleave';
import { markdownTable } from '../../packages/cli/src/bench/markdown-table';
import { medianRatio } from '../../packages/cli/src/bench/statistics';
import {
  type TimingFigures,
  timingCells,
  timingFigures,
  timingHead,
} from '../../packages/cli/src/bench/timing-cells';
import { outputOf, relativeDifference } from '../compare/agreement';
import { type GpuCase, presetBlueprint } from './gpu-cases';

export interface GpuComparison {
  readonly gpuCase: GpuCase;
  readonly names: readonly string[];
  readonly start: (name: string) => Promise<Contestant>;
  /** Starts a contestant that multiplies two square matrices. */
  readonly startProduct: () => Promise<Contestant>;
  readonly productSide: number;
  readonly rounds: number;
  /** Told what has been found so far, a line each. */
  readonly onProgress: (line: string) => void;
}

/** What is written as JSON. */
export interface CaseReport extends GpuCase {
  readonly device: string;
  readonly macs: number;
  /** Of the matrix product. */
  readonly peakGflops: number;
  readonly results: readonly ContestantReport[];
  /** Why others are not among the results. */
  readonly failures: Readonly<Record<string, string>>;
}

interface ContestantReport extends TimingFigures {
  readonly name: string;
  /** From the first one's output, relative to its largest value. */
  readonly difference: number;
  /** How many times as long as the first one's passes, in the median of the rounds. */
  readonly ratio: number;
}

/** Times contestants on one network in turn, having let each compute once, which compiles what it needs. */
export async function compareOnGpu(options: GpuComparison): Promise<CaseReport> {
  const { gpuCase, names, start, startProduct, productSide, rounds, onProgress } = options;
  const failures: Record<string, string> = {};
  const differences = new Map<string, number>();
  const product = await startProduct();
  const started: Contestant[] = [product];
  let expected: Float32Array | undefined;
  try {
    await product.forward();
    for (const name of names) {
      try {
        const contestant = await start(name);
        started.push(contestant);
        const output = await outputOf(contestant);
        expected ??= output;
        const difference = relativeDifference(output, expected);
        differences.set(name, difference);
        onProgress(`${name}: differs by ${difference.toExponential(1)}`);
      } catch (error) {
        failures[name] = firstLine(error);
        onProgress(`${name}: ${firstLine(error)}`);
      }
    }
    const ready = started.filter(({ name }) => name === product.name || differences.has(name));
    const [peak, ...timings] = await interleave(ready, {
      rounds,
      onMeasured: (name, round, { seconds }) =>
        onProgress(`round ${round + 1}: ${name} ${seconds.toFixed(4)} s`),
    });
    const macs = presetBlueprint(gpuCase.preset).macs(gpuCase.height, gpuCase.width);
    const fastest = Math.min(...secondsOf(peak));
    const timed = timings.filter(({ error }) => error === undefined);
    return {
      ...gpuCase,
      device: product.device,
      macs,
      peakGflops: (2 * productSide ** 3) / fastest / 1e9,
      results: timed.map((timing) => ({
        name: timing.contestant.name,
        difference: differences.get(timing.contestant.name) ?? Number.NaN,
        ratio: medianRatio(secondsOf(timing), secondsOf(timed[0])),
        ...timingFigures(timing.measurements, macs),
      })),
      failures: { ...failures, ...Object.fromEntries(timings.flatMap(failureOf)) },
    };
  } finally {
    await Promise.all(started.map((contestant) => contestant.end()));
  }
}

function secondsOf(timing: Timing | undefined): number[] {
  return timing?.measurements.map(({ seconds }) => seconds) ?? [];
}

function failureOf({ contestant, error }: Timing): [string, string][] {
  return error === undefined ? [] : [[contestant.name, firstLine(error)]];
}

function firstLine(error: unknown): string {
  return String(error).split('\n', 1)[0] ?? '';
}

/** A report as Markdown. */
export function reportTable(report: CaseReport): string {
  const { preset, height, width, device, peakGflops, results, failures } = report;
  const rows = results.map((result) => [
    result.name,
    ...timingCells(result),
    `${((100 * result.gflops) / peakGflops).toFixed(0)} %`,
    `×${result.ratio.toFixed(2)}`,
    result.difference.toExponential(1),
  ]);
  return [
    `${preset} ${height}×${width}, ${device}, matrix product ${peakGflops.toFixed(0)} GFLOP/s`,
    '',
    markdownTable([['', ...timingHead, 'of the product', 'time ratio', 'difference'], ...rows]),
    ...Object.entries(failures).map(([name, why]) => `\n${name} is missing: ${why}`),
    '',
  ].join('\n');
}
