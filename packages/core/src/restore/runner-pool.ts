import { settleOrAbort } from '../abort/settle-or-abort';
import { OptionError } from '../errors/option-error';
import { type CompileListener, untilAborted } from './compile-watch';
import type { NetworkRequest } from './network-request';
import type { NetworkRunner } from './network-runner';
import { createSlots } from './slots';

/** Another thread that answers one request at a time. */
export interface RunnerThread {
  /** Whether it can answer more: not after `end`, and not when it died. */
  readonly alive: boolean;
  /**
   * @param onCompiled hears of compiling for the request, see `NetworkRunner.run`
   * @throws what the request's computation throws, or why the thread died
   */
  run(request: NetworkRequest, onCompiled?: CompileListener): Promise<Float32Array>;
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

/**
 * Threads that share the work of any number of pictures, first come, first served. They are started when
 * first needed, and anew when they had to be ended.
 */
export interface RunnerPool extends NetworkRunner {
  /** Whether any thread has been started and not ended. */
  readonly running: boolean;
  /**
   * The pool for a picture each of whose requests takes that many bytes: where several pictures are under
   * way, requests wait until theirs fit into the pool's memory with the others'.
   */
  forRequestsOf(bytes: number): NetworkRunner;
  /** Ends all threads; requests under way and later ones reject with an OptionError. */
  dispose(): void;
}

/** A pool of threads. An abort ends the thread at work at once; a thread that died is replaced. */
export function createRunnerPool({ size, memoryBytes, startThread }: RunnerPoolOptions): RunnerPool {
  const idle: RunnerThread[] = [];
  const busy = new Set<RunnerThread>();
  const closing = new AbortController();
  const slots = createSlots({ count: size, weight: memoryBytes ?? Number.POSITIVE_INFINITY });

  async function run(
    bytes: number,
    request: NetworkRequest,
    signal?: AbortSignal,
    onCompiled?: CompileListener,
  ): Promise<Float32Array> {
    closing.signal.throwIfAborted();
    signal?.throwIfAborted();
    const release = await slots.take(bytes, [signal, closing.signal]);
    const thread = takeAlive(idle) ?? startThread();
    busy.add(thread);
    try {
      const running = thread.run(request, untilAborted(onCompiled, signal));
      return await settleOrAbort(running, [signal, closing.signal]);
    } finally {
      busy.delete(thread);
      if (signal?.aborted || closing.signal.aborted) thread.end();
      if (thread.alive) idle.push(thread);
      release();
    }
  }

  const runnerFor = (bytes: number): NetworkRunner => ({
    concurrency: size,
    ...(memoryBytes !== undefined && { memoryBytes }),
    run: (request, signal, onCompiled) => run(bytes, request, signal, onCompiled),
  });
  return {
    ...runnerFor(0),
    get running() {
      return idle.length + busy.size > 0;
    },
    forRequestsOf: runnerFor,
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
