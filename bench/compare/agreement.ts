import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contestant } from '../../packages/cli/src/bench/contestant';

/**
 * How far a contestant's output is from PyTorch's: the largest difference over the largest magnitude. Its
 * first pass, which no timing counts.
 */
export async function disagreement(contestant: Contestant, expected: Float32Array): Promise<number> {
  return relativeDifference(await outputOf(contestant), expected);
}

/** What a contestant computes, by a pass of its own. */
export async function outputOf(contestant: Contestant): Promise<Float32Array> {
  const outputFile = join(tmpdir(), `diffir-compare-${process.pid}.f32`);
  try {
    await contestant.forward({ outputFile });
    const bytes = Uint8Array.from(await readFile(outputFile));
    return new Float32Array(bytes.buffer);
  } finally {
    await rm(outputFile, { force: true });
  }
}

/** The largest difference over the largest magnitude that is expected. */
export function relativeDifference(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [difference, magnitude] = [0, 0];
  for (const [index, value] of expected.entries()) {
    const error = Math.abs(value - (actual[index] ?? Number.NaN));
    // NaN anywhere must not pass as a small difference.
    if (!(error <= difference)) difference = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
    magnitude = Math.max(magnitude, Math.abs(value));
  }
  return difference / magnitude;
}
