import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));

const main = `
  import { runTrain } from './commands/train/run';
  const { cwd, stdout, stderr } = { cwd: process.cwd(), stdout: process.stdout, stderr: process.stderr };
  const signal = new AbortController().signal;
  const flags = { config: process.argv[2], ...(process.argv[3] === '--resume' && { resume: true }) };
  process.exitCode = await runTrain(flags, { cwd, stdout, stderr, signal, debug: true });
`;

const options: BuildOptions = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['@diffir/source', 'node', 'import'],
  external: ['@tensorflow/*', 'webgpu', 'sharp', 'onnxruntime-*', 'jiti', 'protobufjs/*'],
  // Bundled CommonJS modules ask for Node's own by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  logLevel: 'error',
};

/** `diffir train` as a process of its own, threads included, built from the sources. */
export interface TrainingProgram {
  /** Starts it; with `--resume` as the second argument it goes on. */
  start(cwd: string, ...argv: readonly string[]): ChildProcess;
  /** Runs it to its end. */
  run(
    cwd: string,
    ...argv: readonly string[]
  ): Promise<{ readonly code: number | null; readonly stderr: string }>;
  remove(): Promise<void>;
}

export async function buildTrainingProgram(): Promise<TrainingProgram> {
  // Inside the repository, where imports resolve.
  const folder = await mkdtemp(join(root, 'node_modules', '.diffir-test-'));
  const sources = join(root, 'packages/cli/src');
  await build({
    stdin: { contents: main, loader: 'ts', resolveDir: sources, sourcefile: 'main.ts' },
    ...options,
    outfile: join(folder, 'main.js'),
  });
  await build({
    entryPoints: [join(sources, 'train-worker.ts')],
    ...options,
    outfile: join(folder, 'train-worker.js'),
  });
  const start = (cwd: string, ...argv: readonly string[]) =>
    spawn(process.execPath, [join(folder, 'main.js'), ...argv], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  return {
    start,
    async run(cwd, ...argv) {
      const child = start(cwd, ...argv);
      let stderr = '';
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      const [code] = await once(child, 'close');
      return { code, stderr };
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
