import { existsSync } from 'node:fs';

/** Whether this runs from sources, as in tests: a thread cannot, it needs what was built from them. */
const fromSources = import.meta.url.endsWith('.ts');
const entry = new URL(fromSources ? '../../../dist/train-worker.js' : './train-worker.js', import.meta.url);

/** The module that the threads of a training run execute. */
export function trainWorkerEntry(): URL {
  return entry;
}

/** Whether threads run the same code as this one; a build beside the sources may be older. */
export function hasTrainWorkers(): boolean {
  return !fromSources && existsSync(entry);
}
