/** The three stages of a job, each of which makes what the next one takes. */
export interface Stages<Job, Decoded, Restored, Written> {
  decode(job: Job): Promise<Decoded>;
  restore(job: Job, decoded: Decoded): Promise<Restored>;
  write(job: Job, restored: Restored): Promise<Written>;
}

export interface OverlapOptions<Job, Written> {
  /** How many jobs are in their second stage at once, at most. */
  readonly restoring: number;
  /** What a job weighs while it is under way. */
  readonly weightOf: (job: Job) => number;
  /** Most that all jobs under way weigh together; one that weighs more has it for itself. */
  readonly mostWeight: number;
  /** When it aborts nothing more is started. */
  readonly signal: AbortSignal;
  /** A job is done: jobs may overtake each other. */
  readonly onDone: (job: Job, written: Written) => void;
  /** A job failed. @throws to end all of them */
  readonly onFailed: (job: Job, error: unknown) => void;
}

interface Waiting<Job, Value> {
  readonly job: Job;
  readonly value: Value;
}

/**
 * Takes jobs through their stages so that one job is decoded, `restoring` are restored and one is written
 * at the same time. No more than that, `restoring` + 2, are in memory at once, and fewer where they are
 * heavy. Stages are started in the jobs' order.
 * @throws the signal's reason, or what `onFailed` throws, once no restoration and no writing is under way
 */
export function overlapStages<Job, Decoded, Restored, Written>(
  jobs: readonly Job[],
  stages: Stages<Job, Decoded, Restored, Written>,
  options: OverlapOptions<Job, Written>,
): Promise<void> {
  const { restoring: mostRestoring, weightOf, mostWeight, signal, onDone, onFailed } = options;
  const decoded: Waiting<Job, Decoded>[] = [];
  const restored: Waiting<Job, Restored>[] = [];
  const running = { decode: 0, restore: 0, write: 0 };
  let next = 0;
  let held = 0;
  let heldWeight = 0;
  let stopped: { readonly reason: unknown } | undefined;

  return new Promise((resolve, reject) => {
    const stop = (reason: unknown) => {
      stopped ??= { reason };
    };
    const leave = (job: Job) => {
      held--;
      heldWeight -= weightOf(job);
    };
    const run = <Value>(
      stage: keyof typeof running,
      job: Job,
      { work, settle }: { readonly work: () => Promise<Value>; readonly settle: (value: Value) => void },
    ) => {
      running[stage]++;
      work()
        .then(settle, (error: unknown) => {
          leave(job);
          if (signal.aborted) stop(signal.reason);
          if (stopped === undefined) onFailed(job, error);
        })
        .catch(stop)
        .finally(() => {
          running[stage]--;
          advance();
        });
    };
    const decodeNext = (job: Job) => {
      next++;
      held++;
      heldWeight += weightOf(job);
      run('decode', job, {
        work: () => stages.decode(job),
        settle: (value) => void decoded.push({ job, value }),
      });
    };
    const restoreNext = ({ job, value }: Waiting<Job, Decoded>) =>
      run('restore', job, {
        work: () => stages.restore(job, value),
        settle: (result) => void restored.push({ job, value: result }),
      });
    const writeNext = ({ job, value }: Waiting<Job, Restored>) =>
      run('write', job, {
        work: () => stages.write(job, value),
        settle(written) {
          leave(job);
          onDone(job, written);
        },
      });
    /** Starts whatever may be started: what is nearest to its end first, for that frees memory. */
    const advance = () => {
      if (signal.aborted) stop(signal.reason);
      if (stopped === undefined) {
        const toWrite = running.write === 0 ? restored.shift() : undefined;
        if (toWrite) writeNext(toWrite);
        const mayRestore = running.restore + restored.length < mostRestoring;
        const toRestore = mayRestore ? decoded.shift() : undefined;
        if (toRestore) restoreNext(toRestore);
        const job = jobs[next];
        const isAhead = running.decode + decoded.length > 0;
        if (job !== undefined && !isAhead && (held === 0 || heldWeight + weightOf(job) <= mostWeight)) {
          decodeNext(job);
        }
      }
      if (running.restore + running.write > 0) return;
      if (stopped !== undefined) reject(stopped.reason);
      else if (held === 0 && next === jobs.length) resolve();
      else return;
      signal.removeEventListener('abort', advance);
    };
    signal.addEventListener('abort', advance);
    advance();
  });
}
