import type { PlainBatch } from '@diffir/training';
import { startTrainingThread } from '../threads/start-training-thread';
import type { TrainingSetup } from '../training-setup';
import { openBatchMaker } from './open-batch-maker';

/** Hands out the batches of iterations, which are asked for one after the other. */
export interface BatchSource {
  batches(iteration: number): Promise<readonly PlainBatch[]>;
  end(): Promise<void>;
}

/** Iterations that each thread works ahead: enough to bridge a slow picture, few enough to need little memory. */
const AHEAD = 2;

/** Makes batches ahead of the trainer on so many threads; without threads, when they are asked for. */
export async function openBatches(training: TrainingSetup, threads: number): Promise<BatchSource> {
  if (threads === 0) {
    const make = await openBatchMaker(training);
    return { batches: make, end: async () => {} };
  }
  const makers = Array.from({ length: threads }, () => startTrainingThread({ role: 'data', training }));
  const asked = new Map<number, Promise<readonly PlainBatch[]>>();
  const { iterations } = training.config;

  function ask(iteration: number): Promise<readonly PlainBatch[]> {
    const maker = makers[iteration % threads];
    // The thread answers with what its batch maker returned.
    const batches = maker?.call('batches', iteration) as Promise<readonly PlainBatch[]>;
    // Who takes the batches is told.
    batches.catch(() => {});
    asked.set(iteration, batches);
    return batches;
  }

  return {
    batches(iteration) {
      const batches = asked.get(iteration) ?? ask(iteration);
      asked.delete(iteration);
      const end = Math.min(iterations, iteration + 1 + AHEAD * threads);
      for (let next = iteration + 1; next < end; next++) if (!asked.has(next)) ask(next);
      return batches;
    },
    async end() {
      await Promise.all(makers.map((maker) => maker.end()));
    },
  };
}
