import { allowRelaxedSimd } from './allow-relaxed-simd';
import { runCli } from './cli';

allowRelaxedSimd();

const interrupted = new AbortController();

/** How long what is still at work may take to end by itself once everything is cleaned up. */
const GRACE_MS = 300;

let removeTemporaryFolders: (() => void) | undefined;

/** Ends by the signal itself: leaving in good order would wait for what native code is computing. */
function endBySignal(): void {
  process.removeAllListeners('SIGINT');
  try {
    removeTemporaryFolders?.();
  } finally {
    process.kill(process.pid, 'SIGINT');
  }
}

/** The first time, everything stops and cleans up; the second time, the process ends. */
process.on('SIGINT', async () => {
  if (interrupted.signal.aborted) endBySignal();
  interrupted.abort();
  ({ removeTemporaryFolders } = await import('@diffir/backend-onnx'));
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

// Nothing waits for this but a thread that computes on.
if (interrupted.signal.aborted) setTimeout(endBySignal, GRACE_MS).unref();
