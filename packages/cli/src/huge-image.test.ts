import { describe, expect, it } from 'vitest';
import { runBench } from './testing/run-bench';

describe('a picture of 108 megapixels', () => {
  it('is restored in less than 2 GB', { timeout: 900_000 }, async () => {
    const [line] = await runBench('huge-image.ts');
    expect(line).toMatchObject({ width: 12_000, height: 9000 });
    const { before, peak } = memoryOf(line);
    // Decoded picture and result are 309 MiB each: it cannot take less, or nothing was measured.
    expect(peak - before).toBeGreaterThan(600);
    expect((peak - before) * 2 ** 20).toBeLessThan(2e9);
  });
});

interface Memory {
  /** Resident MiB. */
  readonly before: number;
  readonly peak: number;
}

function memoryOf(line: unknown): Memory {
  if (isMemory(line)) return line;
  throw new TypeError(`not the memory of a process: ${JSON.stringify(line)}`);
}

function isMemory(line: unknown): line is Memory {
  return typeof line === 'object' && line !== null && 'before' in line && 'peak' in line;
}
