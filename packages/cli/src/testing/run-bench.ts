import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * Runs a script of `bench/` in a process of its own, as memory can only be measured there, and reads the
 * lines of JSON it prints. The script can collect garbage.
 */
export function runBench(script: string, argv: readonly string[] = []): Promise<readonly unknown[]> {
  return runForJson(['scripts/run.mjs', `bench/${script}`, ...argv]);
}

/** Runs node in the repository's root and reads the lines of JSON it prints. */
export function runForJson(argv: readonly string[]): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', ...argv], { cwd: root });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      output.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code !== 0) return reject(new Error(`node ended with ${code ?? signal}: ${output.stderr}`));
      return resolve(
        output.stdout
          .trim()
          .split('\n')
          .map((line): unknown => JSON.parse(line)),
      );
    });
  });
}
