import { averageGradients, type WeightedGradients } from '../gradients/average-gradients';
import { clipGradients, gradientNorm } from '../gradients/clip-gradients';
import type { DiscriminatorGradients, NamedValues } from '../gradients/compute-gradients';
import { type AdamOptions, adamStep, createAdamState } from '../optimiser/adam';
import type { ParameterRates, Schedule } from '../optimiser/learning-rate';
import { constantDecay, copyValues, type Decay, updateAverage } from '../optimiser/moving-average';
import type { DiscriminatorState, TrainerState } from './trainer-state';

export interface UpdateOptions {
  /** The learning rate of each parameter at each iteration. */
  readonly rates: ParameterRates;
  readonly adam?: AdamOptions;
  /** Most that the norm of all gradients together may be. Default: no bound. */
  readonly maxGradientNorm?: number;
  /** Of the moving average. Default: 0.999 throughout. */
  readonly averageDecay?: Decay;
  /** The discriminator's rate. Default: 0, it stays as it is. */
  readonly discriminatorRate?: Schedule;
}

/** What a step did. */
export interface StepReport {
  /** Steps taken, this one included. */
  readonly iteration: number;
  /** The total and every logged term, by name, averaged over the batch. */
  readonly losses: Readonly<Record<string, number>>;
  /** Of all gradients together, before clipping. */
  readonly gradientNorm: number;
  /** The same of the discriminator's, where it was trained. */
  readonly discriminatorNorm?: number;
}

/** Keeps a run's values and takes steps with gradients, in float32 on the host. */
export interface Updater {
  /** The state after the steps so far; its values change with the next step. */
  readonly state: TrainerState;
  /** One step of the optimiser with the average of all parts of a batch. */
  update(parts: readonly WeightedGradients[]): StepReport;
}

/**
 * Adam, gradient clipping and a moving average; a discriminator with an Adam of its own takes its step with
 * gradients from before the network's step, as BasicSR trains the two.
 */
export function createUpdater(initial: TrainerState, options: UpdateOptions): Updater {
  const { rates, adam, maxGradientNorm = Infinity, averageDecay = constantDecay() } = options;
  const { discriminatorRate = () => 0 } = options;
  const { parameters, average, adam: moments, discriminator } = initial;
  let { iteration } = initial;

  return {
    get state() {
      return { iteration, parameters, average, adam: moments, ...(discriminator && { discriminator }) };
    },
    update(parts) {
      const { losses, gradients, discriminator: judged } = averageGradients(parts);
      const norm = gradientNorm(gradients);
      const clipped =
        maxGradientNorm === Infinity ? gradients : clipGradients(gradients, maxGradientNorm, norm);
      adamStep(parameters, clipped, moments, rates(iteration), adam);
      updateAverage(average, parameters, averageDecay(iteration));
      if (discriminator && judged) {
        discriminatorStep(discriminator, judged, discriminatorRate(iteration), adam);
      }
      iteration += 1;
      return {
        iteration,
        losses,
        gradientNorm: norm,
        ...(judged && { discriminatorNorm: gradientNorm(judged.gradients) }),
      };
    },
  };
}

/** A state before the first step. */
export function freshState(parameters: NamedValues): TrainerState {
  return { iteration: 0, parameters, average: copyValues(parameters), adam: createAdamState(parameters) };
}

function discriminatorStep(
  { parameters, adam: moments }: DiscriminatorState,
  { gradients, advanced }: DiscriminatorGradients,
  rate: number,
  adam: AdamOptions | undefined,
): void {
  adamStep(parameters, gradients, moments, () => rate, adam);
  for (const [name, { values }] of advanced) parameters.get(name)?.values.set(values);
}
