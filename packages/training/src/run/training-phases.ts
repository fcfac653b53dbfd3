import { createAdamState } from '../optimiser/adam';
import type { TrainerState } from '../trainer/trainer-state';
import type { Stage, TrainingPhase } from './stage-networks';

/** Where a run's phases begin. */
export interface PhasePlan {
  readonly stage: Stage;
  readonly priorIterations: number;
  /** The first iteration with a discriminator. Default: none has one. */
  readonly adversarialFrom?: number;
}

/** Which part of a stage an iteration, counted from 0, trains. */
export function phaseAt(
  { stage, priorIterations, adversarialFrom = Infinity }: PhasePlan,
  iteration: number,
): TrainingPhase {
  if (stage === 2 && iteration < priorIterations) return 'prior';
  return iteration < adversarialFrom ? 'joint' : 'adversarial';
}

/** The state with a fresh optimiser: joint training has one of its own, as in the published code. */
export function withFreshOptimiser(state: TrainerState): TrainerState {
  return { ...state, adam: createAdamState(state.parameters) };
}
