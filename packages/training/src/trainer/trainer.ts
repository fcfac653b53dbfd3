import { type RunningBackend, withBackend } from '@diffir/core';
import { averageGradients, type WeightedGradients } from '../gradients/average-gradients';
import { clipGradients, gradientNorm } from '../gradients/clip-gradients';
import { computeGradients, type NamedValues } from '../gradients/compute-gradients';
import type { Objective } from '../gradients/objective';
import { type AdamOptions, adamStep, createAdamState } from '../optimiser/adam';
import type { ParameterRates } from '../optimiser/learning-rate';
import { constantDecay, copyValues, type Decay, updateAverage } from '../optimiser/moving-average';
import type { TrainerState } from './trainer-state';

export interface TrainerOptions<Batch> {
  readonly objective: Objective<Batch>;
  readonly backend: RunningBackend;
  /** The learning rate of each parameter at each iteration. */
  readonly rates: ParameterRates;
  readonly adam?: AdamOptions;
  /** Most that the norm of all gradients together may be. Default: no bound. */
  readonly maxGradientNorm?: number;
  /** Of the moving average. Default: 0.999 throughout. */
  readonly averageDecay?: Decay;
  /** Where to go on from. Default: the objective's parameters as they are, a fresh optimiser. */
  readonly state?: TrainerState;
}

/** A part of a batch: what makes its tensors, and how many images it has. */
export interface BatchPart<Batch> {
  readonly images: number;
  readonly batch: () => Batch;
}

/** What a step did. */
export interface StepReport {
  /** Steps taken, this one included. */
  readonly iteration: number;
  /** The total and every logged term, by name, averaged over the batch. */
  readonly losses: Readonly<Record<string, number>>;
  /** Of all gradients together, before clipping. */
  readonly gradientNorm: number;
}

/** Trains the parameters of an objective, step by step. Nothing random happens here: same batches, same bits. */
export interface Trainer<Batch> {
  /** The state at this moment. Its arrays are the trainer's own and change with the next step. */
  readonly state: TrainerState;
  /** One step on a batch; with several parts their gradients are accumulated, as if they were one batch. */
  step(parts: readonly BatchPart<Batch>[]): Promise<StepReport>;
  /**
   * The second half of `step`, for gradients that were computed elsewhere: one step of the optimiser with the
   * average of all parts. Threads that compute gradients then take over `state.parameters`.
   */
  update(parts: readonly WeightedGradients[]): StepReport;
}

/** Starts or resumes training: Adam, gradient clipping and a moving average, in float32 on the host. */
export async function createTrainer<Batch>(options: TrainerOptions<Batch>): Promise<Trainer<Batch>> {
  const {
    objective,
    backend,
    rates,
    adam,
    maxGradientNorm = Infinity,
    averageDecay = constantDecay(),
  } = options;
  const run = <T>(compute: () => T) => withBackend(backend, compute);
  const initial = options.state ?? freshState(await objective.parameters.export({ run }));
  const { parameters, average, adam: moments } = initial;
  let { iteration } = initial;
  put(parameters);

  function put(values: NamedValues): void {
    objective.parameters.assign(new Map([...values].map(([name, { values: data }]) => [name, data])), run);
  }

  function update(parts: readonly WeightedGradients[]): StepReport {
    const { losses, gradients } = averageGradients(parts);
    const norm = gradientNorm(gradients);
    const clipped = maxGradientNorm === Infinity ? gradients : clipGradients(gradients, maxGradientNorm);
    adamStep(parameters, clipped, moments, rates(iteration), adam);
    updateAverage(average, parameters, averageDecay(iteration));
    iteration += 1;
    put(parameters);
    return { iteration, losses, gradientNorm: norm };
  }

  return {
    get state() {
      return { iteration, parameters, average, adam: moments };
    },
    update,
    async step(parts) {
      const results: WeightedGradients[] = [];
      for (const { images, batch } of parts) {
        results.push({ weight: images, ...(await computeGradients(objective, batch, backend)) });
      }
      return update(results);
    },
  };
}

function freshState(parameters: NamedValues): TrainerState {
  return { iteration: 0, parameters, average: copyValues(parameters), adam: createAdamState(parameters) };
}
