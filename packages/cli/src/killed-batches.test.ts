import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createRandomSource, type RandomSource } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { built, ofBuild } from './testing/built';
import { asSharp, testImage } from './testing/images';
import { simpleNetwork } from './testing/simple-network';
import { temporaryFolder } from './testing/temporary-folder';

const bin = fileURLToPath(new URL('../bin/diffir.js', import.meta.url));
const folder = temporaryFolder();
const names = Array.from({ length: 6 }, (_, index) => `${index}.png`);

interface Kill {
  readonly signal: 'SIGINT' | 'SIGKILL';
  /** Milliseconds after the start. */
  readonly after: number;
}

/** Runs the installed command on all images, goes on where a run before stopped, and may be killed. */
async function restoreAll(output: string, options: readonly string[], kill?: Kill) {
  const argv = [bin, 'restore', 'in', '-o', output, '--skip-existing', '--json', ...options];
  const started = performance.now();
  const passed = () => performance.now() - started;
  let firstDone = Number.NaN;
  const child = spawn(process.execPath, argv, { cwd: folder.path });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  child.stdout.once('data', () => {
    firstDone = passed();
  });
  const closed = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  if (kill) {
    await Promise.race([delay(kill.after), closed]);
    child.kill(kill.signal);
  }
  return { ...(await closed), stderr, firstDone, milliseconds: passed() };
}

type Ending = Awaited<ReturnType<typeof restoreAll>>;

/** Checks that every result in a folder is whole. @returns what lies there besides */
async function checkResults(output: string, expected: readonly Buffer[]): Promise<readonly string[]> {
  const files = existsSync(folder.file(output)) ? await readdir(folder.file(output)) : [];
  for (const [index, name] of names.entries()) {
    if (files.includes(name)) {
      expect(await readFile(folder.file(output, name)), name).toEqual(expected[index]);
    }
  }
  return files.filter((name) => !names.includes(name));
}

/** What is promised of a process that was killed by `kill`, and of what it left behind. */
function checkEnding({ code, signal, stderr }: Ending, kill: Kill, debris: readonly string[]): void {
  // Who is done before is not killed.
  if (code === 0) {
    expect(debris).toEqual([]);
    return;
  }
  if (kill.signal === 'SIGKILL') {
    expect(signal).toBe('SIGKILL');
    // Nobody was left to remove what was being written; its name says that it is no result.
    for (const name of debris) expect(name).toMatch(/^\.diffir-.*\.tmp$/);
    return;
  }
  expect(debris).toEqual([]);
  // Until the command listens, the signal ends the process like any other.
  if (signal !== 'SIGINT')
    expect({ code, said: stderr.trim().split('\n').at(-1) }).toEqual({
      code: 130,
      said: 'diffir: interrupted',
    });
}

/** At any moment of a run as long as one that was not killed; most often once results are being written. */
function randomKill(random: RandomSource, { firstDone, milliseconds }: Ending): Kill {
  const earliest = random() < 0.75 ? firstDone : 0;
  return {
    signal: random() < 0.5 ? 'SIGINT' : 'SIGKILL',
    after: earliest + random() * (milliseconds - earliest),
  };
}

/** How many of the results are there. */
async function countResults(output: string): Promise<number> {
  return names.filter((name) => existsSync(folder.file(output, name))).length;
}

describe.skipIf(!built)(ofBuild('batches that are killed at random moments'), () => {
  it.each([
    // A network that costs nothing: starting, reading and writing take the time.
    {
      where: 'the main thread',
      folders: 9,
      kills: 5,
      side: 240,
      options: () => simpleNetwork('blur', folder.path),
    },
    {
      where: 'two workers',
      folders: 1,
      kills: 5,
      side: 32,
      options: async () => ['--backend', 'wasm', '--workers', '2', '-q'],
    },
  ])(
    'leave whole results only, and are finished by --skip-existing: $where',
    async (setup) => {
      const options = await setup.options();
      await mkdir(folder.file('in'));
      for (const [index, name] of names.entries()) {
        const image = testImage({ width: setup.side + 8 * index, height: setup.side });
        await asSharp(image).toFile(folder.file('in', name));
      }
      const whole = await restoreAll('whole', options);
      expect(whole.code).toBe(0);
      const expected = await Promise.all(names.map((name) => readFile(folder.file('whole', name))));

      const random = createRandomSource(7);
      let midway = 0;
      for (let number = 0; number < setup.folders; number++) {
        const output = `out${number}`;
        const old = new Set<string>();
        for (let count = 0; count < setup.kills; count++) {
          const before = await countResults(output);
          const kill = randomKill(random, whole);
          const end = await restoreAll(output, options, kill);
          const debris = await checkResults(output, expected);
          const fresh = debris.filter((name) => !old.has(name));
          checkEnding(end, kill, fresh);
          for (const name of fresh) old.add(name);
          const after = await countResults(output);
          if (after > before && after < names.length) midway++;
        }
        expect(await restoreAll(output, options)).toMatchObject({ code: 0 });
        await checkResults(output, expected);
        expect(await countResults(output)).toBe(names.length);
      }
      // Else no moment was in the midst of the work, and nothing has been shown.
      if (setup.folders > 1) expect(midway).toBeGreaterThan(0);
    },
    600_000,
  );
});
