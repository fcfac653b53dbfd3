import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { built, ofBuild } from '../../testing/built';
import { asSharp, testImage } from '../../testing/images';
import { temporaryFolder } from '../../testing/temporary-folder';

const root = new URL('../../../', import.meta.url);
const bin = fileURLToPath(new URL('bin/diffir.js', root));
const library = new URL('dist/index.js', root).href;
const folder = temporaryFolder();

function start(...argv: readonly string[]): ChildProcess {
  return spawn(process.execPath, argv, { cwd: folder.path });
}

function ending(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
}

/** A task like deblurring that notes which thread prepares a tile. */
const telling = `
  import { appendFileSync } from 'node:fs';
  import { threadId } from 'node:worker_threads';
  export const plugin = {
    name: 'telling',
    tasks: [{ id: 'tell', description: 'tells', mask: 'none', rejects: () => undefined,
      prepare: ({ image }) => { appendFileSync('threads.log', 'thread ' + threadId + '\\n'); return image.clone(); },
      compose: (output) => output.clone() }],
  };`;

describe.skipIf(!built)(ofBuild('a process with workers'), () => {
  it('ends inside a long tile when interrupted, leaving nothing behind', async () => {
    await asSharp(testImage({ width: 400, height: 400 })).toFile(folder.file('in.png'));
    // Plain JavaScript takes minutes for this one tile: a process that ends it first runs out of the test's time.
    const options = ['--backend', 'cpu', '--workers', '1', '--tile', '0'];
    const child = start(bin, 'restore', 'in.png', '-o', 'out.png', ...options);
    let stderr = '';
    let working = false;
    child.stderr?.on('data', (data) => {
      stderr += data;
      if (working) return;
      // The line about the backend comes just before the work; by then the worker is in the midst of it.
      working = true;
      setTimeout(() => child.kill('SIGINT'), 2500);
    });
    expect(await ending(child)).toEqual({ code: 130, signal: null });
    expect(stderr).toMatch(/^backend: cpu.*\ndiffir: interrupted\n$/);
    expect(await readdir(folder.path)).toEqual(['in.png']);
  });

  it('writes the same file with one thread and with two', async () => {
    const image = testImage({ width: 96, height: 64 });
    await asSharp(image).toFile(folder.file('in.png'));
    const files: Buffer[] = [];
    for (const workers of ['0', '2']) {
      const options = ['--backend', 'wasm', '--tile', '48', '--workers', workers, '--overwrite'];
      const child = start(bin, 'restore', 'in.png', '-o', 'out.png', ...options);
      expect(await ending(child)).toEqual({ code: 0, signal: null });
      files.push(await readFile(folder.file('out.png')));
    }
    expect(files[1]).toEqual(files[0]);
  });

  it('restores the images of a batch on two workers at once, to the same bytes', async () => {
    await mkdir(folder.file('in'));
    const names = ['0.png', '1.png', '2.png', '3.png', '4.png'];
    for (const [index, name] of names.entries()) {
      const image = testImage({ width: 48 + 8 * index, height: 40 });
      await asSharp(image).toFile(folder.file('in', name));
    }
    await writeFile(folder.file('telling.mjs'), telling);
    const model = ['--model', 'deblur-small', '--task', 'tell', '--plugin', './telling.mjs'];
    const files: Buffer[][] = [];
    for (const workers of ['0', '2']) {
      const options = ['--backend', 'wasm', '--workers', workers, '--json', ...model];
      const child = start(bin, 'restore', 'in', '-o', `out${workers}`, ...options);
      let stdout = '';
      child.stdout?.on('data', (data) => {
        stdout += data;
      });
      expect(await ending(child)).toEqual({ code: 0, signal: null });
      const lines = stdout.trim().split('\n');
      const inputs = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line).input);
      expect(inputs).toEqual(names.map((name) => `in/${name}`));
      const threads = new Set((await readFile(folder.file('threads.log'), 'utf8')).trim().split('\n'));
      // Each image has one tile: two workers can only have worked on different ones.
      expect(threads.size).toBe(workers === '0' ? 1 : 2);
      expect(threads.has('thread 0')).toBe(workers === '0');
      await rm(folder.file('threads.log'));
      files.push(await Promise.all(names.map((name) => readFile(folder.file(`out${workers}`, name)))));
    }
    expect(files[1]).toEqual(files[0]);
  });

  it('ends by itself when nothing is left to do, also without dispose()', async () => {
    const child = start(
      '--input-type=module',
      '--eval',
      `import { createRestorer } from ${JSON.stringify(library)};
       const restorer = await createRestorer({ backend: 'wasm', workers: 2 });
       await restorer.restore({ data: new Uint8Array(768), width: 16, height: 16, channels: 3 });`,
    );
    expect(await ending(child)).toEqual({ code: 0, signal: null });
  });
});
