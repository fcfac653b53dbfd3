import { describe, expect, it } from 'vitest';
import { runBench } from './testing/run-bench';

describe('a picture of 108 megapixels', () => {
  it.each([
    { kind: 'PNG', argv: [] },
    { kind: 'JPEG with profile and EXIF', argv: ['--noise', '--format', 'jpeg', '--metadata'] },
  ])('is restored in less memory than its samples take: $kind', { timeout: 900_000 }, async ({ argv }) => {
    const [line] = await runBench('huge-image.ts', argv);
    expect(line).toMatchObject({ width: 12_000, height: 9000 });
    const { before, peak } = memoryOf(line);
    // A row of tiles is 512×12,000 pixels: 70 MiB of floats alone. With less, nothing was measured.
    expect(peak - before).toBeGreaterThan(100);
    // The samples are 309 MiB, and as many again are the result's. It takes about 200: decoder, a row of
    // tiles, encoder and what is not collected yet.
    expect(peak - before).toBeLessThan(300);
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
