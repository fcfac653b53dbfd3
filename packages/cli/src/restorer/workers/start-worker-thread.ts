import { Worker } from 'node:worker_threads';
import {
  type CompileListener,
  DiffIRError,
  fromPlainError,
  type NetworkRequest,
  OutOfMemoryError,
  type RunnerThread,
} from '@diffir/core';
import { workerEntry } from './worker-entry';
import { CLOSE, type WorkerReport, type WorkerSetup } from './worker-protocol';

/** A request that has not been answered. */
interface Pending {
  readonly onCompiled: CompileListener | undefined;
  resolve(values: Float32Array): void;
  reject(error: unknown): void;
}

/** Starts a worker with its own TensorFlow.js. While it has nothing to do it keeps no process alive. */
export function startWorkerThread(setup: WorkerSetup): RunnerThread {
  const worker = new Worker(workerEntry(), {
    workerData: setup,
    name: 'diffir tiles',
    // Loaders and conditions of the program are for its own code.
    execArgv: [],
  });
  worker.unref();
  let pending: Pending | undefined;
  let alive = true;

  const settle = (): Pending | undefined => {
    const settled = pending;
    pending = undefined;
    worker.unref();
    return settled;
  };
  const fail = (error: unknown) => {
    alive = false;
    settle()?.reject(error);
  };
  worker.on('message', (report: WorkerReport) => {
    if ('compileSeconds' in report) return pending?.onCompiled?.(report.compileSeconds);
    if ('values' in report) return settle()?.resolve(report.values);
    if (report.fatal) alive = false;
    return settle()?.reject(fromPlainError(report.error));
  });
  worker.on('error', (error) => fail(explain(error)));
  worker.on('exit', (code) => fail(endedEarly(code)));

  return {
    get alive() {
      return alive;
    },
    run: (request, onCompiled) =>
      new Promise((resolve, reject) => {
        if (!alive) return reject(endedEarly());
        pending = { resolve, reject, onCompiled };
        worker.ref();
        worker.postMessage(request, transferred(request));
      }),
    end() {
      alive = false;
      if (setup.interruptible || pending === undefined) {
        void worker.terminate();
        return;
      }
      // Whoever waits is told at once; the process stays until the computation under way is done.
      settle()?.reject(endedEarly());
      worker.ref();
      worker.postMessage(CLOSE);
    },
  };
}

/** The arrays that only this request is about; the IPR is every tile's. */
function transferred({ inputs: { image, mask } }: NetworkRequest): ArrayBuffer[] {
  return [image.buffer, mask?.buffer].filter((buffer) => buffer instanceof ArrayBuffer);
}

/** What ended a worker, as an error of ours. */
function explain(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')) {
    return new DiffIRError({
      subject: 'worker',
      problem: `it failed: ${error instanceof Error ? error.message : error}`,
      remedy: 'try again, or work without workers',
      cause: error,
    });
  }
  return new OutOfMemoryError({
    subject: 'worker',
    problem: 'out of memory',
    remedy: 'use smaller tiles or fewer workers',
    cause: error,
  });
}

function endedEarly(code?: number): DiffIRError {
  return new DiffIRError({
    subject: 'worker',
    problem: `it ended before it answered${code === undefined ? '' : ` (exit code ${code})`}`,
    remedy: 'try again, or work without workers',
  });
}
