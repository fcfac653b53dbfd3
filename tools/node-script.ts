import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface NodeScriptRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs TypeScript in a fresh Node process, with the packages' sources bundled in and everything else
 * imported as usual: for what can only be seen from outside, like how a process ends.
 */
export async function runNodeScript(
  source: string,
  { env = {} }: { readonly env?: Readonly<Record<string, string | undefined>> } = {},
): Promise<NodeScriptRun> {
  // Inside the repository, where the script's imports resolve.
  const folder = await mkdtemp(join(root, 'node_modules', '.diffir-test-'));
  try {
    const file = join(folder, 'script.mjs');
    await writeFile(file, await bundle(source));
    return await runNode(file, env);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, loader: 'ts', resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@diffir/source', 'node', 'import'],
    external: ['@tensorflow/*', 'webgpu'],
    logLevel: 'error',
  });
  return outputFiles.map((file) => file.text).join('');
}

function runNode(file: string, env: Readonly<Record<string, string | undefined>>): Promise<NodeScriptRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file], { env: { ...process.env, ...env }, timeout: 60_000 });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      output.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...output }));
  });
}
