import { OptionError } from '../errors/option-error';
import type { NetworkRequest } from './network-request';
import type { NetworkRunner } from './network-runner';
import { settleOrAbort } from './settle-or-abort';

/** Another thread that answers one request at a time. */
export interface RunnerThread {
  /** Whether it can answer more: not after `end`, and not when it died. */
  readonly alive: boolean;
  /** @throws what the request's computation throws, or why the thread died */
  run(request: NetworkRequest): Promise<Float32Array>;
  /** Ends it at once, whatever it is doing; what it was asked is never answered. */
  end(): void;
}

export interface RunnerPoolOptions {
  /** Most threads. */
  readonly size: number;
  /** Bytes that all threads' work may take together. */
  readonly memoryBytes?: number;
  /** Starts a thread. It may get a request at once, and says then if it could not be made ready. */
  readonly startThread: () => RunnerThread;
}

/** Threads that share the work. They are started when first needed, and anew when they had to be ended. */
export interface RunnerPool extends NetworkRunner {
  /** Whether any thread has been started and not ended. */
  readonly running: boolean;
  /** Ends all threads; requests under way and later ones reject with an OptionError. */
  dispose(): void;
}

/** A pool of threads. An abort ends the thread at work at once; a thread that died is replaced. */
export function createRunnerPool({ size, memoryBytes, startThread }: RunnerPoolOptions): RunnerPool {
  const idle: RunnerThread[] = [];
  const busy = new Set<RunnerThread>();
  const waiting: (() => void)[] = [];
  const closing = new AbortController();

  function freeSlot(signal: AbortSignal | undefined): Promise<void> {
    if (busy.size < size) return Promise.resolve();
    let grant = () => {};
    const granted = new Promise<void>((resolve) => {
      grant = resolve;
    });
    waiting.push(grant);
    return settleOrAbort(granted, [signal, closing.signal]).catch((reason: unknown) => {
      const position = waiting.indexOf(grant);
      if (position >= 0) waiting.splice(position, 1);
      else waiting.shift()?.();
      throw reason;
    });
  }

  return {
    concurrency: size,
    ...(memoryBytes !== undefined && { memoryBytes }),
    get running() {
      return idle.length + busy.size > 0;
    },
    async run(request, signal) {
      do {
        closing.signal.throwIfAborted();
        signal?.throwIfAborted();
        await freeSlot(signal);
        // Someone else may have come first.
      } while (busy.size >= size);
      const thread = takeAlive(idle) ?? startThread();
      busy.add(thread);
      try {
        return await settleOrAbort(thread.run(request), [signal, closing.signal]);
      } finally {
        busy.delete(thread);
        if (signal?.aborted || closing.signal.aborted) thread.end();
        if (thread.alive) idle.push(thread);
        waiting.shift()?.();
      }
    },
    dispose() {
      closing.abort(new OptionError({ subject: 'restorer', problem: 'used after dispose()' }));
      for (const thread of [...idle.splice(0), ...busy]) thread.end();
    },
  };
}

/** A thread that has not died while nobody was looking. */
function takeAlive(idle: RunnerThread[]): RunnerThread | undefined {
  let thread = idle.pop();
  while (thread !== undefined && !thread.alive) thread = idle.pop();
  return thread;
}
