import { describe, expect, it } from 'vitest';
import { built, ofBuild } from './testing/built';
import { runBench, runForJson } from './testing/run-bench';

interface Report {
  readonly pictures: number;
  readonly residentMiB: number;
  readonly tensors: number;
}

function isReport(line: unknown): line is Report {
  return typeof line === 'object' && line !== null && 'pictures' in line && 'residentMiB' in line;
}

describe('500 pictures in one process', () => {
  it('leave nothing behind', { timeout: 600_000 }, async () => {
    const reports = (await runBench('soak.ts', ['--side', '20'])).filter(isReport);
    expect(reports.map(({ pictures }) => pictures)).toEqual([
      0, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 500,
    ]);
    const settled = reports.find(({ pictures }) => pictures === 50);
    const used = reports.filter(({ pictures }) => pictures > 50);
    // Compiled code and the allocator's gaps grow by 1 to 2 MiB; 4 would be 9 kB a picture.
    for (const { residentMiB } of used) expect(residentMiB - (settled?.residentMiB ?? 0)).toBeLessThan(4);
    for (const { tensors } of used.slice(0, -1)) expect(tensors).toBe(settled?.tensors);
    expect(settled?.tensors).toBeGreaterThan(0);
    expect(reports.at(-1)?.tensors).toBe(0);
  });
});

/** Threads of the process before, during and after the life of a restorer. */
interface Threads {
  readonly before: number;
  readonly during: number;
  readonly after: number;
}

function isThreads(line: unknown): line is Threads {
  return typeof line === 'object' && line !== null && 'before' in line && 'during' in line;
}

const countThreads = `
  import { readdirSync } from 'node:fs';
  import { setTimeout } from 'node:timers/promises';
  import { createRestorer } from './packages/cli/dist/index.js';
  const threads = () => readdirSync('/proc/self/task').length;
  const data = Uint8Array.from({ length: 64 * 48 * 3 }, (_, index) => (index * 37) % 256);
  const before = threads();
  const restorer = await createRestorer({ backend: 'wasm', workers: 2 });
  for (let count = 0; count < 20; count++) {
    await restorer.restore({ data, width: 64, height: 48, channels: 3 }, { tile: 40, overlap: 8 });
  }
  const during = threads();
  await restorer.dispose();
  for (let wait = 0; wait < 100 && threads() > before; wait++) await setTimeout(20);
  console.log(JSON.stringify({ before, during, after: threads() }));
`;

describe.skipIf(!built || process.platform !== 'linux')(ofBuild('many pictures on worker threads'), () => {
  it('use the same two threads, which end with the restorer', { timeout: 300_000 }, async () => {
    const [line] = await runForJson(['--input-type=module', '-e', countThreads]);
    if (!isThreads(line)) throw new TypeError(`not numbers of threads: ${JSON.stringify(line)}`);
    expect(line.during - line.before).toBe(2);
    expect(line.after).toBe(line.before);
  });
});
