import type { Contestant, Measurement } from '../../packages/cli/src/bench/contestant';
import { startScript } from './start-script';

export const PEAK_SIDE = 1536;

/** A contestant that multiplies matrices: what the machine gives at best while the others are timed. */
export function startPeak(threads: number): Promise<Contestant> {
  return startScript('peak', 'peak-process.ts', [String(threads)]);
}

/** GFLOP/s of the fastest product. */
export function peakGflops(measurements: readonly Measurement[]): number {
  const fastest = Math.min(...measurements.map(({ seconds }) => seconds));
  return (2 * PEAK_SIDE ** 3) / fastest / 1e9;
}
