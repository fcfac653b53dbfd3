import type { WeightedGradients } from '../gradients/average-gradients';
import type { Updater } from '../trainer/updater';
import { firstNonFinite } from './divergence';
import type { GradientEngine } from './gradient-engine';
import { splitBatches } from './split-batch';
import type { TrainingPhase } from './stage-networks';
import type { Stepper } from './stepper';

export interface HostStepperOptions {
  readonly phase: TrainingPhase;
  readonly updater: Updater;
  /** Who computes: parts are dealt out in turn. */
  readonly engines: readonly GradientEngine[];
  /** Into how many parts each batch is split; results depend on it in the last bits, so it must not change. */
  readonly parts: number;
}

/** Keeps the values on the host and sends them to whoever computes gradients, this thread or others. */
export function createHostStepper({ phase, updater, engines, parts }: HostStepperOptions): Stepper {
  return {
    async step({ batches, adversaryStep }) {
      const { parameters: values, discriminator } = updater.state;
      const adversary = adversaryStep &&
        discriminator && { adversary: { values: discriminator.parameters, step: adversaryStep } };
      const request = { values, phase, ...adversary };
      const pieces = splitBatches(batches, parts);
      const results = await inTurn(pieces, engines, async (batch, engine): Promise<WeightedGradients> => {
        return { weight: batch.images, ...(await engine.gradients({ ...request, batch })) };
      });
      for (const { losses } of results) {
        const found = firstNonFinite({ losses });
        if (found) return found;
      }
      const report = updater.update(results);
      return firstNonFinite(report) ?? report;
    },
    state: async () => updater.state,
    dispose() {},
  };
}

/** Deals items out to workers in turn; the results are in the items' order, whoever is faster. */
async function inTurn<Item, Worker, Result>(
  items: readonly Item[],
  workers: readonly Worker[],
  work: (item: Item, worker: Worker) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const lanes = workers.map(async (worker, lane) => {
    for (let index = lane; index < items.length; index += workers.length) {
      const item = items[index];
      if (item !== undefined) results[index] = await work(item, worker);
    }
  });
  await Promise.all(lanes);
  return results;
}
