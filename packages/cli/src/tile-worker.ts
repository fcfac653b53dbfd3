import { parentPort, workerData } from 'node:worker_threads';
import { type NetworkRequest, type NetworkRunner, toPlainError } from '@diffir/core';
import { openRunner } from './restorer/workers/open-runner';
import {
  CLOSE,
  type WorkerAnswer,
  type WorkerMessage,
  type WorkerReport,
} from './restorer/workers/worker-protocol';

// A thread of its own with its own TensorFlow.js: makes a network ready and answers requests, see
// `startWorkerThread`.
const opening = openRunner(workerData);
// Who asks first is told.
opening.catch(() => {});

let underWay: Promise<unknown> = opening.catch(() => {});

parentPort?.on('message', async (request: WorkerMessage) => {
  if (request === CLOSE) {
    // Not `close()` alone: a computation that was asked for before goes on, and must not outlive the thread.
    await underWay;
    parentPort?.close();
    return;
  }
  const answering = answerTo(request);
  underWay = answering;
  const answer = await answering;
  report(answer, 'values' in answer ? [answer.values.buffer] : []);
  if ('error' in answer && answer.fatal) parentPort?.close();
});

async function answerTo(request: NetworkRequest): Promise<WorkerAnswer> {
  let runner: NetworkRunner;
  try {
    runner = await opening;
  } catch (error) {
    return { error: toPlainError(error), fatal: true };
  }
  try {
    const values = await runner.run(request, undefined, (compileSeconds) => report({ compileSeconds }));
    // A copy: a backend may hand out the array it keeps, and what is sent is gone here.
    return { values: Float32Array.from(values) };
  } catch (error) {
    return { error: toPlainError(error), fatal: false };
  }
}

function report(content: WorkerReport, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(content, transfer);
}
