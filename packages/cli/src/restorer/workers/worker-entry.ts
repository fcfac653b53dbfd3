import { existsSync } from 'node:fs';

/** Whether this runs from sources, as in tests: a worker cannot, it needs what was built from them. */
const fromSources = import.meta.url.endsWith('.ts');
const entry = new URL(fromSources ? '../../../dist/tile-worker.js' : './tile-worker.js', import.meta.url);

/** The module that workers run. */
export function workerEntry(): URL {
  return entry;
}

/** Whether workers run the same code as this thread; a build beside the sources may be older. */
export function hasOwnWorkers(): boolean {
  return !fromSources && existsSync(entry);
}
