/** Runs jobs one after the other. */
export interface Queue {
  /** The job's outcome, once those before it are done, whatever became of them. */
  add<T>(job: () => Promise<T>): Promise<T>;
}

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    add(job) {
      const result = last.then(job);
      last = result.catch(() => {});
      return result;
    },
  };
}
