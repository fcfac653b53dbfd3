/** How far work has come: `done` of `total` at the time `at`, begun at `begun`; times in milliseconds. */
export interface WorkDone {
  readonly begun: number;
  readonly at: number;
  readonly done: number;
  readonly total: number;
}

/** Shorter than this, what was done says little about the rest. */
const LEAST_MILLISECONDS = 300;

/** Seconds the rest will take at the pace so far; undefined while nothing tells the pace. */
export function remainingSeconds({ begun, at, done, total }: WorkDone, now: number): number | undefined {
  const took = at - begun;
  if (done <= 0 || took < LEAST_MILLISECONDS) return undefined;
  const needed = (took * (total - done)) / done;
  return Math.max(0, needed - (now - at)) / 1000;
}
