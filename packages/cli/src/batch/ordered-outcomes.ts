/** Outcomes of jobs that overtake each other, told in the jobs' order. */
export interface OrderedOutcomes {
  /** The job at `index` has come to its end; `tell` says so when it is its turn. */
  add(index: number, tell: () => void): void;
  /** Tells what still waits for a job before it: nothing more comes. */
  flush(): void;
}

/** Outcomes of the jobs from 0 on. */
export function createOrderedOutcomes(): OrderedOutcomes {
  const waiting = new Map<number, () => void>();
  let next = 0;
  return {
    add(index, tell) {
      waiting.set(index, tell);
      for (let ready = waiting.get(next); ready !== undefined; ready = waiting.get(next)) {
        waiting.delete(next);
        next++;
        ready();
      }
    },
    flush() {
      const rest = [...waiting].sort(([a], [b]) => a - b);
      waiting.clear();
      for (const [, tell] of rest) tell();
    },
  };
}
