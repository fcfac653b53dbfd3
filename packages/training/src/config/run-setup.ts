import type { TaskDefinition } from '@diffir/core';
import type { DiffIRStage2Options } from '@diffir/models';
import { type PatchPhase, planSteps, type StepPlan } from '../data/step-plan';
import { type ParameterRates, parameterRates } from '../optimiser/learning-rate';
import { constantDecay, type Decay, rampedDecay } from '../optimiser/moving-average';
import type { TrainingPhase } from '../run/stage-networks';
import { modelProblems, toNetworkOptions } from './model-config';
import { toSchedule } from './schedule-config';
import type { TrainingConfig } from './training-config';

/** What a configuration means for a task: everything a run is made of that is not files or threads. */
export interface RunSetup {
  readonly network: DiffIRStage2Options;
  /** GT size over LQ size. */
  readonly scale: number;
  readonly plan: StepPlan;
  /** Pixels around a patch that are degraded with it. */
  readonly margin: number;
  readonly averageDecay: Decay;
  readonly priorIterations: number;
  rates(phase: TrainingPhase): ParameterRates;
}

/** Enough for every blur kernel that ships, in LQ pixels. */
const MARGIN = 16;

/** What a configuration means for its task. */
export function toRunSetup(config: TrainingConfig, task: TaskDefinition): RunSetup {
  const { iterations, prior, ema, data } = config;
  const scale = scaleOf(config, task);
  const mask = task.mask === 'required';
  const sr = task.degradations?.[0]?.defaultScale !== undefined;
  const priorIterations = prior?.iterations ?? 0;
  const joint = toSchedule(config, iterations - priorIterations);
  const priorSchedule = prior && toSchedule(prior, prior.iterations);
  return {
    network: toNetworkOptions(config.model, { scale, mask, sr }),
    scale,
    plan: planSteps(phasesOf(config), config.accumulation),
    // A hole is drawn for the size it is given.
    margin: data.margin ?? (mask ? 0 : MARGIN * scale),
    averageDecay: ema.ramp ? rampedDecay(ema.decay) : constantDecay(ema.decay),
    priorIterations,
    rates: (phase) =>
      phase === 'prior' && priorSchedule
        ? parameterRates(priorSchedule)
        : parameterRates((iteration) => joint(iteration - priorIterations)),
  };
}

/** What is wrong with a configuration for its task, in clauses. */
export function setupProblems(config: TrainingConfig, task: TaskDefinition): string[] {
  const { network, scale } = toRunSetup(config, task);
  const unit = patchMultiple(network);
  const patches = phasesOf(config).map(({ patch }) => patch);
  const recipes = (task.degradations ?? []).map(({ id }) => id);
  const unknownRecipes = [config.data.recipe, config.validation?.recipe].filter(
    (id) => id !== undefined && !recipes.includes(id),
  );
  const needsMask = task.mask === 'required' && config.data.lq !== undefined;
  return [
    ...modelProblems(network).map((problem) => `model.${problem}`),
    ...patches
      .filter((patch) => patch % (unit * scale) !== 0)
      .map((patch) => `patch: ${patch} is no multiple of ${unit * scale}`),
    ...unknownRecipes.map(
      (id) => `recipe: unknown recipe ${id}; task ${task.id} knows ${recipes.join(', ')}`,
    ),
    ...(needsMask ? ['data.lq: this task needs masks, which a recipe draws: leave lq out'] : []),
  ];
}

/** Height and width of LQ must be multiples of this: the U-Net halves three times, SR below ×4 shrinks first. */
export function patchMultiple({ head }: DiffIRStage2Options): number {
  return head.kind === 'upsample' ? 8 * (4 / head.scale) : 8;
}

function scaleOf({ scale }: TrainingConfig, task: TaskDefinition): 1 | 2 | 4 {
  const usual = task.degradations?.[0]?.defaultScale;
  if (usual === undefined) return 1;
  return scale ?? (usual === 1 || usual === 2 ? usual : 4);
}

function phasesOf({ phases, batch = 1, patch = 1, iterations }: TrainingConfig): readonly PatchPhase[] {
  return phases ?? [{ iterations, patch, batch }];
}
