import type { PlainBatch } from '../data/plain-batch';
import type { TrainerState } from '../trainer/trainer-state';
import type { StepReport } from '../trainer/updater';
import type { AdversaryStep } from './adversary';
import { type Divergence, DivergenceError } from './divergence';
import type { TrainingPhase } from './stage-networks';
import type { Stepper } from './stepper';
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
  readonly phaseAt: (iteration: number) => TrainingPhase;
  /** What takes the steps of a phase, from a state. */
  readonly startStepper: (phase: TrainingPhase, state: TrainerState) => Stepper;
  /** What the discriminator's part of an iteration does. Default: never with a penalty. */
  readonly adversaryStep?: (iteration: number) => AdversaryStep;
  readonly batches: (iteration: number) => Promise<readonly PlainBatch[]>;
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
  const { iterations, phaseAt, startStepper, events, signal } = options;
  let state = options.state;
  let { iteration } = state;
  let phase = phaseAt(iteration);
  let stepper = startStepper(phase, state);
  try {
    while (iteration < iterations && !signal.aborted) {
      if (phaseAt(iteration) !== phase || endsPrior(options, iteration)) {
        phase = phaseAt(iteration);
        state = await stepper.state();
        stepper.dispose();
        stepper = startStepper(phase, endsPrior(options, iteration) ? withFreshOptimiser(state) : state);
      }
      const report = await step(options, stepper, { iteration, phase });
      iteration = report.iteration;
      await events.step(report);
      const due = events.due(iteration);
      const saves = due.save || signal.aborted;
      if (due.validate || saves) state = await stepper.state();
      if (due.validate) await events.validate(state);
      if (saves) await events.save(state);
    }
    return await stepper.state();
  } finally {
    stepper.dispose();
  }
}

/** Whether an iteration is the first after the prior phase, also for a run that is resumed right there. */
function endsPrior({ phaseAt }: RunTrainingOptions, iteration: number): boolean {
  return iteration > 0 && phaseAt(iteration) !== 'prior' && phaseAt(iteration - 1) === 'prior';
}

async function step(
  { batches, events, adversaryStep = () => 'plain' }: RunTrainingOptions,
  stepper: Stepper,
  { iteration, phase }: { readonly iteration: number; readonly phase: TrainingPhase },
): Promise<StepReport> {
  const whole = await batches(iteration);
  const outcome = await stepper.step({
    batches: whole,
    ...(phase === 'adversarial' && { adversaryStep: adversaryStep(iteration) }),
  });
  if ('quantity' in outcome) return diverge({ iteration, ...outcome, batches: whole }, events);
  return outcome;
}

async function diverge(divergence: Divergence, events: TrainingEvents): Promise<never> {
  const place = await events.keepDivergence(divergence);
  throw new DivergenceError({
    subject: `iteration ${divergence.iteration + 1}`,
    problem: `the ${divergence.quantity} is ${divergence.value}; its batch is in ${place}`,
    remedy: 'resume from the last checkpoint with a lower learning rate or clipped gradients',
  });
}
