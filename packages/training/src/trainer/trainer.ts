import { type RunningBackend, withBackend } from '@diffir/core';
import type { WeightedGradients } from '../gradients/average-gradients';
import { computeGradients } from '../gradients/compute-gradients';
import type { Objective } from '../gradients/objective';
import type { TrainerState } from './trainer-state';
import { createUpdater, freshState, type StepReport, type UpdateOptions, type Updater } from './updater';

export interface TrainerOptions<Batch> extends Omit<UpdateOptions, 'discriminatorRate'> {
  readonly objective: Objective<Batch>;
  readonly backend: RunningBackend;
  /** Where to go on from. Default: the objective's parameters as they are, a fresh optimiser. */
  readonly state?: TrainerState;
}

/** A part of a batch: what makes its tensors, and how many images it has. */
export interface BatchPart<Batch> {
  readonly images: number;
  readonly batch: () => Batch;
}

/** Trains a network of its own. */
export interface Trainer<Batch> extends Pick<Updater, 'state'> {
  /** One step on a batch; with several parts their gradients are accumulated, as if they were one batch. */
  step(parts: readonly BatchPart<Batch>[]): Promise<StepReport>;
}

/** Starts or resumes training; the network's parameters hold what was learned after each step. */
export async function createTrainer<Batch>(options: TrainerOptions<Batch>): Promise<Trainer<Batch>> {
  const { objective, backend, state, ...updates } = options;
  const run = <T>(compute: () => T) => withBackend(backend, compute);
  const updater = createUpdater(state ?? freshState(await objective.parameters.export({ run })), updates);
  put();

  function put(): void {
    const values = [...updater.state.parameters].map(([name, { values: data }]) => [name, data] as const);
    objective.parameters.assign(new Map(values), run);
  }

  return {
    get state() {
      return updater.state;
    },
    async step(parts) {
      const results: WeightedGradients[] = [];
      for (const { images, batch } of parts) {
        results.push({ weight: images, ...(await computeGradients(objective, batch, backend)) });
      }
      const report = updater.update(results);
      put();
      return report;
    },
  };
}
