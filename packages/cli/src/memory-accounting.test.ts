import { describe, expect, it } from 'vitest';
import { runBench } from './testing/run-bench';

const MEGABYTE = 1e6;

interface Measured {
  /** Bytes by which the process grew, and which the pipeline plans with, pictures included. */
  readonly grown: number;
  readonly accounted: number;
}

async function measure(...argv: string[]): Promise<Measured> {
  const [line] = await runBench('memory.ts', argv);
  if (isMeasured(line)) return line;
  throw new TypeError(`bench/memory.ts printed ${JSON.stringify(line)}`);
}

function isMeasured(line: unknown): line is Measured {
  return typeof line === 'object' && line !== null && 'grown' in line && 'accounted' in line;
}

describe('the memory of a process', { timeout: 300_000 }, () => {
  // Measured at tiles of 120 to 336 pixels: 0.92 times what is accounted for, and 10 MB for what does not grow.
  it.each([
    ['128', 256],
    ['256', 448],
  ])('grows as the pipeline accounts for it, in tiles of %s', async (tile, side) => {
    const { grown, accounted } = await measure('--tile', tile, '--width', `${side}`, '--height', `${side}`);
    expect(grown).toBeLessThan(1.25 * accounted + 16 * MEGABYTE);
    // Nor does it plan with much more than is needed, which would make tiles small for nothing.
    expect(accounted).toBeLessThan(1.5 * grown);
  });

  // As high as a tile may be, and long: restored whole, these take more than 400 MB.
  it.each([
    [128, 240],
    [256, 336],
  ])('is bounded by --max-memory %iM', async (megabytes, height) => {
    const width = 1000;
    const budget = megabytes * MEGABYTE;
    const { grown } = await measure(
      '--max-memory',
      `${budget}`,
      '--width',
      `${width}`,
      '--height',
      `${height}`,
    );
    const pictures = 2 * width * height * 3;
    expect(grown).toBeLessThan(budget + pictures);
    // And it is made use of.
    expect(grown).toBeGreaterThan(budget / 2);
  });
});
