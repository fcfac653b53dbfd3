import { Writable } from 'node:stream';
import { runCli } from '../cli';
import type { ExitCode } from '../exit-code';

export interface CliResult {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd: string;
  readonly signal?: AbortSignal;
}

/** Runs the command line in this process and captures what it prints. */
export async function runInFolder(
  argv: readonly string[],
  { cwd, signal = new AbortController().signal }: RunOptions,
): Promise<CliResult> {
  const [stdout, stderr] = [capture(), capture()];
  const code = await runCli(argv, { cwd, signal, stdout: stdout.stream, stderr: stderr.stream });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

export function capture() {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream, text: () => text };
}
