import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { version } from '../package.json';
import { asSharp, testImage } from './testing/images';
import { temporaryFolder } from './testing/temporary-folder';

const bin = fileURLToPath(new URL('../bin/diffir.js', import.meta.url));
// The command as it is installed; in CI a missing build must fail.
const built = existsSync(new URL('../dist/main.js', import.meta.url)) || process.env.CI === 'true';
const folder = temporaryFolder();

/** Prints every module that is loaded on stderr. */
const hook = `data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`
    import { writeSync } from 'node:fs';
    export async function load(url, context, next) { writeSync(2, 'LOADED ' + url + '\\\\n'); return next(url, context); }
  \`));
`)}`;

/** A plugin that takes for ever to load, and tells when it is at it and when an interruption is heard. */
const endless = `
  process.on('SIGINT', () => console.log('told'));
  console.log('waiting');
  setInterval(() => {}, 1000);
  await new Promise(() => {});`;

/** A plugin that tells on stdout when onnxruntime is handed the picture and computes, whichever thread asks for it. */
const tellingOfComputing = `
  import { writeSync } from 'node:fs';
  import onnxruntime from ${JSON.stringify(createRequire(new URL('../../backends/onnx/', import.meta.url)).resolve('onnxruntime-node'))};
  const { run } = onnxruntime.InferenceSession.prototype;
  onnxruntime.InferenceSession.prototype.run = function (inputs, ...rest) {
    if (Object.keys(inputs).length > 0) writeSync(1, 'computing\\n');
    return run.call(this, inputs, ...rest);
  };
  export const plugin = { name: 'telling', tasks: [] };`;

function start(argv: readonly string[], nodeOptions: readonly string[] = []): ChildProcess {
  return spawn(process.execPath, [...nodeOptions, bin, ...argv], { cwd: folder.path });
}

async function finish(child: ChildProcess) {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (data) => {
    output.stdout += data;
  });
  child.stderr?.on('data', (data) => {
    output.stderr += data;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('close', (...end) => resolve(end));
  });
  return { code, signal, ...output };
}

describe.skipIf(!built)(
  built ? 'the installed command' : 'the installed command (skipped: run the build)',
  () => {
    it('prints its version', async () => {
      const result = await finish(start(['--version']));
      expect(result).toEqual({ code: 0, signal: null, stdout: `${version}\n`, stderr: '' });
    });

    it('loads neither TensorFlow.js nor sharp to print its help', async () => {
      const { code, stderr } = await finish(start(['restore', '--help'], ['--import', hook]));
      expect(code).toBe(0);
      expect(stderr).toMatch(/LOADED .*commander/);
      expect(stderr).not.toMatch(/LOADED .*(tensorflow|sharp|core\/dist)/);
    });

    it('hands on the exit code', async () => {
      expect(await finish(start(['paint']))).toMatchObject({ code: 2, stdout: '' });
    });

    it('loads plugins and configurations written in TypeScript', async () => {
      const source = 'enum Kind { One = 1 }\nexport const plugin = { name: "typed-" + Kind.One, tasks: [] };';
      await writeFile(folder.file('plugin.ts'), source);
      await writeFile(
        folder.file('diffir.config.ts'),
        "export default { plugins: ['./plugin.ts'] } as const;",
      );
      const { code, stdout } = await finish(start(['doctor', '--json']));
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ plugins: expect.arrayContaining(['typed-1']) });
      // No cache of compiled files is left beside the user's own.
      expect((await readdir(folder.path)).sort()).toEqual(['diffir.config.ts', 'plugin.ts']);
    });

    it('ends at once when interrupted for the second time', async () => {
      await asSharp(testImage()).toFile(folder.file('a.png'));
      await writeFile(folder.file('endless.mjs'), endless);
      const child = start(['restore', 'a.png', '-o', 'b.png', '--plugin', './endless.mjs']);
      let stdout = '';
      child.stdout?.on('data', (data) => {
        stdout += data;
        if (stdout === 'waiting\n') child.kill('SIGINT');
        if (stdout.endsWith('told\n')) child.kill('SIGINT');
      });
      const { code, signal } = await finish(child);
      // Killed by the signal, which shells report as 130.
      expect({ code, signal, stdout }).toEqual({ code: null, signal: 'SIGINT', stdout: 'waiting\ntold\n' });
      expect((await readdir(folder.path)).sort()).toEqual(['a.png', 'endless.mjs']);
    });

    it('waits for no native code in a worker when interrupted, and is not brought down by it either', async () => {
      await asSharp(testImage({ width: 900, height: 900 })).toFile(folder.file('a.png'));
      await writeFile(folder.file('telling.mjs'), tellingOfComputing);
      const options = ['--backend', 'onnx', '--workers', '1', '--tile', '0', '--plugin', './telling.mjs'];
      const child = start(['restore', 'a.png', '-o', 'b.png', ...options]);
      // The one tile takes many seconds.
      child.stdout?.once('data', () => setTimeout(() => child.kill('SIGINT'), 300));
      const { code, signal, stderr } = await finish(child);
      // Had it waited for the worker, it would have ended by itself.
      expect({ code, signal }).toEqual({ code: null, signal: 'SIGINT' });
      expect(stderr).toMatch(/\ndiffir: interrupted\n$/);
      expect((await readdir(folder.path)).sort()).toEqual(['a.png', 'telling.mjs']);
    });

    it('exits with 130 when interrupted and leaves no debris', async () => {
      const names = ['a.png', 'b.png', 'c.png'];
      const image = testImage({ width: 160, height: 160 });
      for (const name of names) await asSharp(image).toFile(folder.file(name));
      const child = start(['restore', ...names, '-o', 'out', '--backend', 'wasm']);
      child.stderr?.once('data', () => child.kill('SIGINT'));
      const { code, signal, stderr } = await finish(child);
      expect({ code, signal }).toEqual({ code: 130, signal: null });
      expect(stderr).toMatch(/\ndiffir: interrupted\n$/);
      const left = existsSync(folder.file('out')) ? await readdir(folder.file('out')) : [];
      // What was done before stays, whole; nothing else does.
      expect(left.length).toBeLessThan(names.length);
      expect(left.filter((name) => !names.includes(name))).toEqual([]);
    });
  },
);
