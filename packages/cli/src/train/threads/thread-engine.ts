import type { GradientEngine, GradientResult, RestoredBatch } from '@diffir/training';
import type { TrainingSetup } from '../training-setup';
import { startTrainingThread } from './start-training-thread';

/** Computes on a thread of its own. */
export function startThreadEngine(training: TrainingSetup): GradientEngine {
  const thread = startTrainingThread({ role: 'gradients', training });
  return {
    // The thread answers with what its own engine returned.
    gradients: async (request) => (await thread.call('gradients', request)) as GradientResult,
    restore: async (request) => (await thread.call('restore', request)) as RestoredBatch,
    dispose: () => thread.end(),
  };
}
