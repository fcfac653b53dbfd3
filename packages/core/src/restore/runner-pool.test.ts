import { describe, expect, it } from 'vitest';
import { OptionError } from '../errors/option-error';
import type { CompileListener } from './compile-watch';
import type { NetworkRequest } from './network-request';
import { createRunnerPool, type RunnerThread } from './runner-pool';

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A request that a fake thread answers with its own number. */
function request(number: number): NetworkRequest {
  return { part: 'condition', inputs: { rows: 1, columns: 1, image: Float32Array.of(number) } };
}

/** Threads that answer when told; `dies` makes one reject and be dead. */
function fakeThreads() {
  const log: string[] = [];
  const threads: {
    compiled(seconds: number): void;
    answer(): void;
    fail(error: unknown): void;
    die(error: unknown): void;
  }[] = [];
  const startThread = (): RunnerThread => {
    const id = threads.length;
    let alive = true;
    let pending:
      | {
          values: Float32Array;
          resolve(v: Float32Array): void;
          reject(e: unknown): void;
          onCompiled: CompileListener | undefined;
        }
      | undefined;
    log.push(`start ${id}`);
    threads.push({
      compiled: (seconds) => pending?.onCompiled?.(seconds),
      answer: () => pending?.resolve(pending.values),
      fail: (error) => pending?.reject(error),
      die(error) {
        alive = false;
        pending?.reject(error);
      },
    });
    return {
      get alive() {
        return alive;
      },
      run: ({ inputs }, onCompiled) => {
        log.push(`run ${inputs.image[0]} on ${id}`);
        return new Promise((resolve, reject) => {
          pending = { values: inputs.image, resolve, reject, onCompiled };
        });
      },
      end() {
        alive = false;
        log.push(`end ${id}`);
      },
    };
  };
  return { log, threads, startThread };
}

describe('a pool of runner threads', () => {
  it('passes on how long a thread compiles, except to who has aborted', async () => {
    const { threads, startThread } = fakeThreads();
    const pool = createRunnerPool({ size: 2, startThread });
    const controller = new AbortController();
    const heard: string[] = [];
    const first = pool.run(request(1), undefined, (seconds) => heard.push(`first ${seconds}`));
    const second = pool.run(request(2), controller.signal, (seconds) => heard.push(`second ${seconds}`));
    await turn();
    threads[0]?.compiled(1.5);
    threads[1]?.compiled(2);
    controller.abort('enough');
    threads[1]?.compiled(3);
    threads[0]?.answer();
    await expect(second).rejects.toBe('enough');
    await first;
    expect(heard).toEqual(['first 1.5', 'second 2']);
    pool.dispose();
  });

  it('starts threads as they are needed, and lets the rest wait', async () => {
    const { log, threads, startThread } = fakeThreads();
    const pool = createRunnerPool({ size: 2, startThread });
    expect([pool.running, pool.concurrency]).toEqual([false, 2]);
    const answers = [1, 2, 3, 4].map((number) => pool.run(request(number)));
    await turn();
    expect(log).toEqual(['start 0', 'run 1 on 0', 'start 1', 'run 2 on 1']);
    threads[1]?.answer();
    await turn();
    expect(log.slice(4)).toEqual(['run 3 on 1']);
    threads[0]?.answer();
    await turn();
    threads[0]?.answer();
    threads[1]?.answer();
    expect((await Promise.all(answers)).map(([value]) => value)).toEqual([1, 2, 3, 4]);
    expect(log.filter((line) => line.startsWith('start'))).toHaveLength(2);
  });

  it('ends a thread at once when its work is aborted, and starts another for the next', async () => {
    const { log, threads, startThread } = fakeThreads();
    const pool = createRunnerPool({ size: 1, startThread });
    const controller = new AbortController();
    const aborted = pool.run(request(1), controller.signal).catch((error: unknown) => error);
    const waiting = pool.run(request(2), controller.signal).catch((error: unknown) => error);
    const other = pool.run(request(3));
    await turn();
    controller.abort('enough');
    expect(await Promise.all([aborted, waiting])).toEqual(['enough', 'enough']);
    await turn();
    expect(log).toEqual(['start 0', 'run 1 on 0', 'end 0', 'start 1', 'run 3 on 1']);
    threads[1]?.answer();
    expect(await other).toEqual(Float32Array.of(3));
    await expect(pool.run(request(4), controller.signal)).rejects.toBe('enough');
  });

  it('replaces a thread that died, but keeps one whose request merely failed', async () => {
    const { log, threads, startThread } = fakeThreads();
    const pool = createRunnerPool({ size: 1, startThread });
    const failing = pool.run(request(1)).catch((error: unknown) => error);
    await turn();
    threads[0]?.fail('bad tile');
    expect(await failing).toBe('bad tile');
    const dying = pool.run(request(2)).catch((error: unknown) => error);
    await turn();
    threads[0]?.die('crash');
    expect(await dying).toBe('crash');
    const next = pool.run(request(3));
    await turn();
    threads[1]?.answer();
    await next;
    expect(log).toEqual(['start 0', 'run 1 on 0', 'run 2 on 0', 'start 1', 'run 3 on 1']);
    // One that dies while nobody asks is not asked again.
    threads[1]?.die('crash');
    void pool.run(request(4));
    await turn();
    expect(log.at(-1)).toBe('run 4 on 2');
  });

  it('has no more under way than fits in its memory, whichever pictures the requests are for', async () => {
    const { log, threads, startThread } = fakeThreads();
    const pool = createRunnerPool({ size: 3, memoryBytes: 100, startThread });
    const [large, small] = [pool.forRequestsOf(60), pool.forRequestsOf(40)];
    expect([large.concurrency, large.memoryBytes]).toEqual([3, 100]);
    const runs = [large.run(request(1)), large.run(request(2)), small.run(request(3))];
    await turn();
    expect(log).toEqual(['start 0', 'run 1 on 0']);
    threads[0]?.answer();
    await turn();
    expect(log.slice(2)).toEqual(['run 2 on 0', 'start 1', 'run 3 on 1']);
    for (const thread of threads) thread.answer();
    await Promise.all(runs);
    // What does not fit at all is tried by itself.
    const tooLarge = pool.forRequestsOf(500).run(request(4));
    const after = small.run(request(5));
    await turn();
    expect(log.filter((line) => /run [45]/.test(line))).toHaveLength(1);
    for (const thread of threads) thread.answer();
    await tooLarge;
    await turn();
    for (const thread of threads) thread.answer();
    await after;
  });

  it('ends everything when disposed', async () => {
    const { log, startThread } = fakeThreads();
    const pool = createRunnerPool({ size: 1, startThread });
    const outcomes = [1, 2].map((number) => pool.run(request(number)).catch((error: unknown) => error));
    await turn();
    pool.dispose();
    outcomes.push(pool.run(request(3)).catch((error: unknown) => error));
    for (const error of await Promise.all(outcomes)) expect(error).toBeInstanceOf(OptionError);
    expect(log.filter((line) => line.startsWith('start'))).toEqual(['start 0']);
    expect(log).toContain('end 0');
    expect(pool.running).toBe(false);
  });
});
