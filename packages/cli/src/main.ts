import { allowRelaxedSimd } from './allow-relaxed-simd';
import { runCli } from './cli';

allowRelaxedSimd();

const interrupted = new AbortController();

/** The first time, everything stops and cleans up; the second time, the process ends. */
process.on('SIGINT', () => {
  if (interrupted.signal.aborted) {
    // By the signal itself: leaving in good order would wait for what native code is computing.
    process.removeAllListeners('SIGINT');
    process.kill(process.pid, 'SIGINT');
  }
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
