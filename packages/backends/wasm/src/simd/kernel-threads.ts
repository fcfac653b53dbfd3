import { DiffIRError } from '@diffir/core';
import type { WasmHeap } from '../wasm-memory';

interface KernelThreadsOptions {
  /** Shared with TensorFlow.js' module. */
  readonly memory: WebAssembly.Memory;
  readonly code: WebAssembly.Module;
  /** Names of the kernels, which calls give by number. */
  readonly kernels: readonly string[];
  readonly count: number;
  readonly heap: WasmHeap;
}

/** Threads that compute kernels over the same memory as this one. */
export interface KernelThreads {
  readonly count: number;
  /** Begins as many calls as there are threads at most. */
  begin(kernel: number, calls: readonly (readonly number[])[]): void;
  /**
   * Waits for what was begun.
   * @throws DiffIRError if a kernel failed
   */
  finish(): void;
  end(): void;
}

const INTEGER_BYTES = 4;
/** A job: number of the kernel or −1 for none, how many arguments, and these. */
const JOB_LENGTH = 32;
/** Cells before the jobs: how often work was begun, how many threads are at it, whether one failed. */
const [BEGUN, AT_WORK, FAILED, FIRST_JOB] = [0, 1, 2, 3];
/** Looks at a cell before sleeping. */
const SPINS = 5000;
/** A worker that has not come up by then will not. */
const START_MILLISECONDS = 10_000;

/**
 * What a thread runs. As text, since a function's own source is not what it was once a bundler has been at it, and since
 * a file of its own would have to be served.
 */
const script = `
onmessage = async ({ data: { memory, code, kernels, cells: at, length, job } }) => {
  const { exports } = await WebAssembly.instantiate(code, { env: { memory } });
  const cells = new Int32Array(memory.buffer, at, length);
  let begun = Atomics.load(cells, ${BEGUN});
  postMessage('ready');
  for (;;) {
    for (let spin = 0; spin < ${SPINS} && Atomics.load(cells, ${BEGUN}) === begun; spin++);
    while (Atomics.load(cells, ${BEGUN}) === begun) Atomics.wait(cells, ${BEGUN}, begun);
    begun = Atomics.load(cells, ${BEGUN});
    try {
      if (cells[job] >= 0) exports[kernels[cells[job]]](...cells.subarray(job + 2, job + 2 + cells[job + 1]));
    } catch {
      Atomics.store(cells, ${FAILED}, 1);
    }
    if (Atomics.sub(cells, ${AT_WORK}, 1) === 1) Atomics.notify(cells, ${AT_WORK});
  }
};
`;

/** Starts threads; undefined where the page allows no such workers. */
export async function startKernelThreads(options: KernelThreadsOptions): Promise<KernelThreads | undefined> {
  const { memory, code, kernels, count, heap } = options;
  const length = FIRST_JOB + count * JOB_LENGTH;
  const at = heap._malloc(length * INTEGER_BYTES);
  const cells = new Int32Array(memory.buffer, at, length).fill(0);
  const jobs = Array.from({ length: count }, (_, index) => FIRST_JOB + index * JOB_LENGTH);
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const workers: Worker[] = [];
  const end = () => {
    for (const worker of workers) worker.terminate();
    heap._free(at);
  };
  try {
    for (const _ of jobs) workers.push(new Worker(address, { name: 'diffir kernels' }));
    const started = workers.map((worker, index) => isReady(worker, jobs[index] ?? 0));
    if ((await Promise.all(started)).includes(false)) {
      end();
      return undefined;
    }
  } catch (cause) {
    end();
    // Where a page's policy does not allow such workers.
    if (cause instanceof DOMException) return undefined;
    throw cause;
  } finally {
    URL.revokeObjectURL(address);
  }
  return createThreads(cells, jobs, end);

  function isReady(worker: Worker, job: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), START_MILLISECONDS);
      const settle = (ready: boolean) => () => {
        clearTimeout(timer);
        resolve(ready);
      };
      worker.onmessage = settle(true);
      worker.onerror = settle(false);
      worker.postMessage({ memory, code, kernels, cells: at, length, job });
    });
  }
}

function createThreads(cells: Int32Array, jobs: readonly number[], end: () => void): KernelThreads {
  // A page must not sleep.
  const maySleep = !('document' in globalThis);
  return {
    count: jobs.length,
    begin(kernel, calls) {
      for (const [index, job] of jobs.entries()) {
        const call = calls[index];
        cells[job] = call === undefined ? -1 : kernel;
        if (call !== undefined) cells.set([call.length, ...call], job + 1);
      }
      // All of them, also those without a job: who still looks at the last one must not see half of the next.
      Atomics.store(cells, AT_WORK, jobs.length);
      Atomics.add(cells, BEGUN, 1);
      Atomics.notify(cells, BEGUN);
    },
    finish() {
      for (let spin = 0; spin < SPINS && Atomics.load(cells, AT_WORK) > 0; spin++);
      for (let left = Atomics.load(cells, AT_WORK); left > 0; left = Atomics.load(cells, AT_WORK)) {
        if (maySleep) Atomics.wait(cells, AT_WORK, left);
      }
      if (Atomics.exchange(cells, FAILED, 0) === 0) return;
      throw new DiffIRError({ subject: 'wasm', problem: 'a kernel failed on a thread of its own' });
    },
    end,
  };
}
