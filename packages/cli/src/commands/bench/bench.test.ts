import { describe, expect, it } from 'vitest';
import { built, ofBuild } from '../../testing/built';
import { runInFolder } from '../../testing/run-cli';
import { temporaryFolder } from '../../testing/temporary-folder';
import { benchAsText } from './bench-report';

const folder = temporaryFolder();
const bench = (...argv: string[]) => runInFolder(['bench', ...argv], { cwd: folder.path });

// Each backend and size is a process that starts anew: slow where the machine is busy.
describe('diffir bench', { timeout: 180_000 }, () => {
  it.each([
    [['--model', 'no-such-model'], 3, 'no-such-model: unknown model; known: '],
    [['--model', 'motion-deblurring', '--size', '12'], 2, 'must be multiples of 8'],
    [['--size', 'large'], 2, 'height and width like 720x1280'],
    [['--runs', '0'], 2, 'a whole number from 1 to 1000'],
  ])('%j gives %i', async (argv, expected, message) => {
    const { code, stderr } = await bench(...argv, '--backend', 'wasm');
    expect({ code, stderr }).toEqual({ code: expected, stderr: expect.stringContaining(message) });
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });

  it.runIf(built)(ofBuild('times two backends in processes of their own'), async () => {
    const sizes = ['--size', '16', '--size', '8x16', '--runs', '2'];
    const { code, stdout, stderr } = await bench(...sizes, '--backend', 'wasm', '--backend', 'cpu', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { results, ...report } = JSON.parse(stdout);
    expect(report).toEqual({ model: 'deblur-small', architecture: 'diffir-s2', runs: 2 });
    expect(results).toHaveLength(4);
    for (const { figures, megapixelsPerSecond, macs } of results) {
      expect(figures.seconds.count).toBe(2);
      expect(figures.gflops).toBeCloseTo((2 * macs) / figures.seconds.median / 1e9, 9);
      expect(figures.peakBytes).toBeGreaterThan(2 ** 20);
      expect(megapixelsPerSecond).toBeGreaterThan(0);
    }
    expect(results[2]).toMatchObject({ backend: 'wasm', height: 8, width: 16 });
  });

  it.runIf(built)(ofBuild('names a backend that is none, with exit code 1'), async () => {
    const { code, stdout } = await bench('--size', '8', '--runs', '1', '--backend', 'warp');
    expect(code).toBe(1);
    expect(stdout).toContain('warp at 8×8: warp: unknown backend; known: auto, ');
  });
});

describe('benchAsText', () => {
  it('tells figures, counts and failures', () => {
    const seconds = { count: 1, min: 2, quartile1: 2, median: 2, quartile3: 2, max: 2 };
    const size = { height: 8, width: 16, macs: 3e9 };
    const figures = { seconds, gflops: 3, peakBytes: 2 ** 20, counters: { dispatches: 7 } };
    const text = benchAsText({
      model: 'm',
      architecture: 'a',
      runs: 1,
      results: [
        { ...size, backend: 'gpu', megapixelsPerSecond: 0.5, figures },
        { ...size, backend: 'cpu', error: 'too slow' },
      ],
    });
    expect(text.split('\n')).toEqual([
      'm (a), 1 pass each',
      '8×16: 3.00 G multiply–accumulates',
      '',
      'size  backend  median s  min s  quartiles s  GFLOP/s  peak memory  MP/s',
      '8×16  gpu      2.00      2.00   2.00–2.00    3.0      1.0 MiB      0.500  7 dispatches',
      '',
      'cpu at 8×16: too slow',
    ]);
  });
});
