import type { TaskDefinition } from '@diffir/core';
import type { DiffIRStage2Options } from '@diffir/models';
import { type PatchPhase, planSteps, type StepPlan } from '../data/step-plan';
import { type ParameterRates, parameterRates, type Schedule } from '../optimiser/learning-rate';
import { constantDecay, type Decay, rampedDecay } from '../optimiser/moving-average';
import type { TrainingPhase } from '../run/stage-networks';
import type { PhasePlan } from '../run/training-phases';
import { modelProblems, toNetworkOptions } from './model-config';
import { toSchedule } from './schedule-config';
import { hasSharpenedTargets } from './sharpened-targets';
import type { TrainingConfig } from './training-config';

/** What a configuration means for a task: everything a run is made of that is not files or threads. */
export interface RunSetup {
  readonly network: DiffIRStage2Options;
  /** GT size over LQ size. */
  readonly scale: number;
  readonly plan: StepPlan;
  /** Pixels around a patch that are degraded with it. */
  readonly margin: number;
  /** Whether a loss is taken against the sharpened ground truth, so that batches have to hold it. */
  readonly addSharpenedGt: boolean;
  readonly averageDecay: Decay;
  readonly phases: PhasePlan;
  rates(phase: TrainingPhase): ParameterRates;
  /** Where the adversary comes in; undefined where there is none. */
  readonly adversary?: AdversarySetup;
}

/** How a discriminator is trained beside the network. */
interface AdversarySetup {
  /** The iteration, counted from 0, from which on it is. */
  readonly start: number;
  readonly rate: Schedule;
  /** Whether an iteration has the penalty on real pictures. */
  penalizes(iteration: number): boolean;
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
  const joint = toSchedule(config, Math.max(1, iterations - priorIterations));
  const adversary = adversaryOf(config, priorIterations);
  const priorSchedule = prior && toSchedule(prior, prior.iterations);
  return {
    network: toNetworkOptions(config.model, { scale, mask, sr }),
    scale,
    plan: planSteps(phasesOf(config), config.accumulation),
    // A hole is drawn for the size it is given.
    margin: data.margin ?? (mask ? 0 : MARGIN * scale),
    addSharpenedGt: hasSharpenedTargets(config.losses),
    averageDecay: ema.ramp ? rampedDecay(ema.decay) : constantDecay(ema.decay),
    phases: { stage: config.stage, priorIterations, ...(adversary && { adversarialFrom: adversary.start }) },
    rates: (phase) =>
      phase === 'prior' && priorSchedule
        ? parameterRates(priorSchedule)
        : parameterRates((iteration) => joint(iteration - priorIterations)),
    ...(adversary && { adversary }),
  };
}

function adversaryOf(
  { losses: { adversarial, r1 }, iterations }: TrainingConfig,
  priorIterations: number,
): AdversarySetup | undefined {
  if (adversarial === undefined) return undefined;
  const start = priorIterations + adversarial.start;
  const rate = toSchedule(adversarial, Math.max(1, iterations - start));
  const every = r1?.every ?? 1;
  return {
    start,
    rate: (iteration) => rate(iteration - start),
    penalizes: (iteration) => r1 !== undefined && (iteration - start) % every === 0,
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
  const holeless =
    task.mask !== 'required' && (network.head.kind === 'direct' || network.head.kind === 'filled');
  const maskless = task.mask !== 'required' && config.losses.pixel.region !== 'all';
  return [
    ...modelProblems(network).map((problem) => `model.${problem}`),
    ...(holeless ? [`model: task ${task.id} has no hole, which the ${network.head.kind} head is for`] : []),
    ...patches
      .filter((patch) => patch % (unit * scale) !== 0)
      .map((patch) => `patch: ${patch} is no multiple of ${unit * scale}`),
    ...unknownRecipes.map(
      (id) => `recipe: unknown recipe ${id}; task ${task.id} knows ${recipes.join(', ')}`,
    ),
    ...(needsMask ? ['data.lq: this task needs masks, which a recipe draws: leave lq out'] : []),
    ...(maskless ? [`losses.pixel.region: task ${task.id} has no masks, so everything is known`] : []),
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
