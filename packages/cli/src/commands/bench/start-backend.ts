import { fileURLToPath } from 'node:url';
import type { Contestant } from '../../bench/contestant';
import { startProcess } from '../../bench/process-contestant';
import type { BenchSetup } from './bench-setup';

/** From sources, as in tests, the process still needs what was built of them. */
const fromSources = import.meta.url.endsWith('.ts');
const entry = new URL(fromSources ? '../../../dist/bench-process.js' : './bench-process.js', import.meta.url);

/** Starts a process that computes passes on one backend. */
export function startBackend(setup: BenchSetup, signal: AbortSignal): Promise<Contestant> {
  return startProcess({
    name: setup.backend,
    command: process.execPath,
    arguments: [fileURLToPath(entry), JSON.stringify(setup)],
    signal,
  });
}
