import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { savedState, tinyConfig, writeConfig, writePictures } from './testing/training-folder';
import { buildTrainingProgram, type TrainingProgram } from './testing/training-process';

const folder = temporaryFolder();
let program: TrainingProgram;

beforeAll(async () => {
  program = await buildTrainingProgram();
});
afterAll(() => program.remove());

/** Kills the process without warning once it has printed something. */
async function killAfter(text: string, ...argv: readonly string[]): Promise<void> {
  const child = program.start(folder.path, ...argv);
  let printed = '';
  child.stderr?.on('data', (chunk) => {
    printed += chunk;
    if (printed.includes(text)) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal, printed).toBe('SIGKILL');
}

/** Runs the process to its end. */
async function succeed(...argv: readonly string[]): Promise<string> {
  const { code, stderr } = await program.run(folder.path, ...argv);
  expect(code, stderr).toBe(0);
  return stderr;
}

describe('a training process', { timeout: 300_000 }, () => {
  it('that is killed costs the steps since the last checkpoint, and nothing else', async () => {
    await writePictures(folder.file('photos'), 3);
    const config = { ...tinyConfig, iterations: 8 };
    await writeConfig(folder.file('whole.yaml'), { ...config, run: 'whole' });
    await writeConfig(folder.file('killed.yaml'), { ...config, run: 'killed' });
    await succeed('whole.yaml');
    await killAfter('iteration 3/8', 'killed.yaml');
    await killAfter('iteration 5/8', 'killed.yaml', '--resume');
    const stderr = await succeed('killed.yaml', '--resume');
    expect(stderr).toMatch(/resumed after iteration 4/);
    const [whole, killed] = [
      await savedState(folder.file('whole'), 8),
      await savedState(folder.file('killed'), 8),
    ];
    expect(killed.equals(whole)).toBe(true);
    const lines = (await readFile(folder.file('killed/metrics.jsonl'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).iteration)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const left = (await readdir(folder.file('killed/checkpoints'))).filter((name) => name.startsWith('.'));
    expect(left).toEqual([]);
  });

  it('learns the same to the bit whoever makes batches and computes gradients', async () => {
    await writePictures(folder.file('photos'), 3);
    const config = { ...tinyConfig, batch: 3, parts: 3 };
    const variants = { alone: [0, 0], threads: [2, 1], more: [3, 2] } as const;
    for (const [run, [workers, makers]] of Object.entries(variants)) {
      const data = { ...config.data, workers: makers };
      await writeConfig(folder.file(`${run}.yaml`), { ...config, run, workers, data });
      await succeed(`${run}.yaml`);
    }
    const alone = await savedState(folder.file('alone'), 4);
    for (const run of ['threads', 'more'])
      expect((await savedState(folder.file(run), 4)).equals(alone)).toBe(true);
  });
});
