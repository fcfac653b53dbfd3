import { type ModelBlueprint, OptionError } from '@diffir/core';
import type { Contestant } from '../../bench/contestant';
import { interleave, type Timing } from '../../bench/interleave';
import { timingFigures } from '../../bench/timing-cells';
import type { SizeFlag } from '../../options/parse-size';
import { firstLine } from '../../text/first-line';
import type { BenchResult } from './bench-report';

export interface TimeBackendsOptions {
  readonly blueprint: ModelBlueprint;
  readonly backends: readonly string[];
  readonly size: SizeFlag;
  readonly runs: number;
  readonly signal: AbortSignal;
  /** Starts a process for a backend. */
  readonly start: (backend: string) => Promise<Contestant>;
}

/**
 * Times a network at one size on several backends in turn, after one pass each that does not count
 * (compiling, first allocations). Reports a backend that cannot start or fails; rejects for nothing but an
 * interruption and a size that the network cannot take.
 * @throws OptionError when height or width is no multiple of what the network halves
 */
export async function timeBackends(options: TimeBackendsOptions): Promise<BenchResult[]> {
  const { blueprint, backends, size, runs, signal, start } = options;
  assertSize(blueprint, size);
  const common = { ...size, macs: blueprint.macs(size.height, size.width) };
  const started: Contestant[] = [];
  const failures: BenchResult[] = [];
  try {
    for (const backend of backends) {
      signal.throwIfAborted();
      try {
        const contestant = await start(backend);
        started.push(contestant);
      } catch (error) {
        failures.push({ backend, ...common, error: firstLine(error) });
      }
    }
    const warmUps = await interleave(started, { rounds: 1, signal });
    const ready = warmUps.filter(({ error }) => error === undefined);
    const timings = await interleave(
      ready.map(({ contestant }) => contestant),
      { rounds: runs, signal },
    );
    const broken = warmUps.filter(({ error }) => error !== undefined);
    return [...[...timings, ...broken].map((timing) => resultOf(timing, common)), ...failures];
  } finally {
    await Promise.all(started.map((contestant) => contestant.end()));
  }
}

function resultOf(
  { contestant, measurements, error }: Timing,
  common: SizeFlag & { readonly macs: number },
): BenchResult {
  const result = { backend: contestant.name, ...common, device: contestant.device };
  if (error !== undefined) return { ...result, error: firstLine(error) };
  const figures = timingFigures(measurements, common.macs);
  const megapixels = (common.height * common.width) / 1e6;
  return { ...result, megapixelsPerSecond: megapixels / figures.seconds.median, figures };
}

function assertSize({ descriptor: { sizeMultiple } }: ModelBlueprint, { height, width }: SizeFlag): void {
  if (height % sizeMultiple === 0 && width % sizeMultiple === 0) return;
  throw new OptionError({
    subject: `size ${height}×${width}`,
    problem: `height and width must be multiples of ${sizeMultiple} for this network`,
  });
}
