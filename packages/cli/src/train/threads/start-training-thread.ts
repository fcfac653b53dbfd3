import { Worker } from 'node:worker_threads';
import { DiffIRError, fromPlainError } from '@diffir/core';
import type { ThreadAnswer, ThreadCall, ThreadSetup } from './thread-protocol';
import { trainWorkerEntry } from './train-worker-entry';

/** A thread that answers calls, one after the other. */
export interface TrainingThread {
  call(method: string, argument: unknown): Promise<unknown>;
  end(): Promise<void>;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Starts a thread with its own TensorFlow.js. */
export function startTrainingThread(setup: ThreadSetup): TrainingThread {
  const worker = new Worker(trainWorkerEntry(), {
    workerData: setup,
    name: `diffir ${setup.role}`,
    // Loaders and conditions of the program are for its own code.
    execArgv: [],
  });
  const pending: Pending[] = [];
  let ended: DiffIRError | undefined;
  const fail = (problem: string, cause?: unknown) => {
    ended ??= new DiffIRError({ subject: `${setup.role} thread`, problem, remedy: 'resume the run', cause });
    for (const { reject } of pending.splice(0)) reject(ended);
  };
  worker.on('message', (answer: ThreadAnswer) => {
    const call = pending.shift();
    if ('value' in answer) call?.resolve(answer.value);
    else call?.reject(fromPlainError(answer.error));
  });
  worker.on('error', (error) => fail(`it failed: ${error instanceof Error ? error.message : error}`, error));
  worker.on('exit', (code) => fail(`it ended early (exit code ${code})`));
  return {
    call: (method, argument) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        pending.push({ resolve, reject });
        const call: ThreadCall = { method, argument };
        worker.postMessage(call);
      }),
    async end() {
      await worker.terminate();
    },
  };
}
