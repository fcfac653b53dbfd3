import { runCli } from './cli';
import { exitCodes } from './exit-code';

const interrupted = new AbortController();

/** The first time, everything stops and cleans up; the second time, the process ends. */
process.on('SIGINT', () => {
  if (interrupted.signal.aborted) process.exit(exitCodes.interrupted);
  interrupted.abort();
});

// A reader that has seen enough (`diffir models | head -1`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupted.signal,
});
