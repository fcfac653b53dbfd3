import { workerData } from 'node:worker_threads';
import type { GradientRequest, RestoreRequest } from '@diffir/training';
import { openBatchMaker } from './train/data/open-batch-maker';
import { openEngine } from './train/threads/open-engine';
import { type CallHandlers, serveCalls } from './train/threads/serve-calls';
import type { ThreadSetup } from './train/threads/thread-protocol';

// A thread of a training run: makes batches, or computes gradients; see `startTrainingThread`.
const { role, training }: ThreadSetup = workerData;
serveCalls(role === 'data' ? openData() : openGradients());

async function openData(): Promise<CallHandlers> {
  const make = await openBatchMaker(training);
  return { batches: (iteration: number) => make(iteration) };
}

async function openGradients(): Promise<CallHandlers> {
  const { engine } = await openEngine(training);
  return {
    gradients: (request: GradientRequest) => engine.gradients(request),
    restore: (request: RestoreRequest) => engine.restore(request),
  };
}
