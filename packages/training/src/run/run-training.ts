import type { PlainBatch } from '../data/plain-batch';
import type { WeightedGradients } from '../gradients/average-gradients';
import type { TrainerState } from '../trainer/trainer-state';
import type { StepReport, Updater } from '../trainer/updater';
import type { AdversaryStep } from './adversary';
import { type Divergence, DivergenceError, notFinite } from './divergence';
import type { GradientEngine } from './gradient-engine';
import { splitBatches } from './split-batch';
import type { TrainingPhase } from './stage-networks';
import { withFreshOptimiser } from './training-phases';

/** What goes on around the steps. Iterations are counted from 1 here: how many have been taken. */
export interface TrainingEvents {
  step(report: StepReport): Promise<void>;
  /** Something is due after an iteration: to validate, to save. */
  due(iteration: number): { readonly validate: boolean; readonly save: boolean };
  validate(state: TrainerState): Promise<void>;
  save(state: TrainerState): Promise<void>;
  /** Keeps what led to a divergence; returns where, for the message. */
  keepDivergence(divergence: Divergence): Promise<string>;
}

interface RunTrainingOptions {
  readonly state: TrainerState;
  /** How many iterations there are in all. */
  readonly iterations: number;
  /** Into how many parts each batch is split; results depend on it in the last bits, so it must not change. */
  readonly parts: number;
  readonly phaseAt: (iteration: number) => TrainingPhase;
  /** What takes the steps of a phase, from a state. */
  readonly startUpdater: (phase: TrainingPhase, state: TrainerState) => Updater;
  /** What the discriminator's part of an iteration does. Default: never with a penalty. */
  readonly adversaryStep?: (iteration: number) => AdversaryStep;
  readonly batches: (iteration: number) => Promise<readonly PlainBatch[]>;
  /** Who computes: parts are dealt out in turn. */
  readonly engines: readonly GradientEngine[];
  readonly events: TrainingEvents;
  readonly signal: AbortSignal;
}

/**
 * Trains from a state to the last iteration. After an abort the iteration under way is finished and saved.
 * @returns the state it ended with
 * @throws DivergenceError when a loss or gradient is no finite number; the parameters of before are saved
 * already as of the last checkpoint
 */
export async function runTraining(options: RunTrainingOptions): Promise<TrainerState> {
  const { iterations, phaseAt, startUpdater, events, signal } = options;
  let state = options.state;
  let phase = phaseAt(state.iteration);
  let updater = startUpdater(phase, state);
  while (state.iteration < iterations && !signal.aborted) {
    const next = phaseAt(state.iteration);
    if (next !== phase) {
      phase = next;
      updater = startUpdater(phase, state);
    }
    if (endsPrior(options, state.iteration)) updater = startUpdater(phase, withFreshOptimiser(state));
    const report = await step(options, updater, phase);
    state = updater.state;
    await events.step(report);
    const due = events.due(report.iteration);
    if (due.validate) await events.validate(state);
    if (due.save || signal.aborted) await events.save(state);
  }
  return state;
}

/** Whether an iteration is the first after the prior phase, also for a run that is resumed right there. */
function endsPrior({ phaseAt }: RunTrainingOptions, iteration: number): boolean {
  return iteration > 0 && phaseAt(iteration) !== 'prior' && phaseAt(iteration - 1) === 'prior';
}

async function step(
  { batches, parts, engines, events, adversaryStep = () => 'plain' }: RunTrainingOptions,
  updater: Updater,
  phase: TrainingPhase,
): Promise<StepReport> {
  const { iteration, parameters: values, discriminator } = updater.state;
  const adversary = phase === 'adversarial' &&
    discriminator && {
      adversary: { values: discriminator.parameters, step: adversaryStep(iteration) },
    };
  const whole = await batches(iteration);
  const pieces = splitBatches(whole, parts);
  const results = await inTurn(pieces, engines, async (batch, engine): Promise<WeightedGradients> => {
    return { weight: batch.images, ...(await engine.gradients({ values, phase, batch, ...adversary })) };
  });
  for (const { losses } of results) {
    const bad = notFinite(losses);
    if (bad)
      await diverge({ iteration, quantity: `loss "${bad.name}"`, value: bad.value, batches: whole }, events);
  }
  const report = updater.update(results);
  const { gradientNorm, discriminatorNorm = 0 } = report;
  for (const [quantity, value] of [
    ['norm of the gradients', gradientNorm],
    ["norm of the discriminator's gradients", discriminatorNorm],
  ] as const) {
    if (!Number.isFinite(value)) await diverge({ iteration, quantity, value, batches: whole }, events);
  }
  return report;
}

async function diverge(divergence: Divergence, events: TrainingEvents): Promise<never> {
  const place = await events.keepDivergence(divergence);
  throw new DivergenceError({
    subject: `iteration ${divergence.iteration + 1}`,
    problem: `the ${divergence.quantity} is ${divergence.value}; its batch is in ${place}`,
    remedy: 'resume from the last checkpoint with a lower learning rate or clipped gradients',
  });
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
