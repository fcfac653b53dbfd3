import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
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

describe.skipIf(!built)(ofBuild('a process with workers'), () => {
  it('ends within a second of an interruption inside a long tile, leaving nothing behind', async () => {
    await asSharp(testImage({ width: 400, height: 400 })).toFile(folder.file('in.png'));
    // Plain JavaScript takes minutes for this one tile.
    const options = ['--backend', 'cpu', '--workers', '1', '--tile', '0'];
    const child = start(bin, 'restore', 'in.png', '-o', 'out.png', ...options);
    let stderr = '';
    let interrupted = Number.NaN;
    child.stderr?.on('data', (data) => {
      stderr += data;
      if (!Number.isNaN(interrupted)) return;
      // The line about the backend comes just before the work; by then the worker is in the midst of it.
      interrupted = 0;
      setTimeout(() => {
        interrupted = performance.now();
        child.kill('SIGINT');
      }, 2500);
    });
    expect(await ending(child)).toEqual({ code: 130, signal: null });
    expect(performance.now() - interrupted).toBeLessThan(1000);
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
