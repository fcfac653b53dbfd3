import type { Contestant } from '../../packages/cli/src/bench/contestant';
import { startProcess } from '../../packages/cli/src/bench/process-contestant';

/** Starts a script beside this one as a contestant in a Node process of its own. */
export function startScript(name: string, script: string, options: readonly string[]): Promise<Contestant> {
  return startProcess({
    name,
    command: process.execPath,
    arguments: ['scripts/run.mjs', `bench/compare/${script}`, ...options],
  });
}
