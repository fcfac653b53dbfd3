import { createAdamState } from '../optimiser/adam';
import type { TrainerState } from '../trainer/trainer-state';
import type { Stage, TrainingPhase } from './stage-networks';

/** Which part of a stage an iteration, counted from 0, trains. */
export function phaseAt(stage: Stage, priorIterations: number, iteration: number): TrainingPhase {
  return stage === 2 && iteration < priorIterations ? 'prior' : 'joint';
}

/** The state with a fresh optimiser: joint training has one of its own, as in the published code. */
export function withFreshOptimiser(state: TrainerState): TrainerState {
  return { ...state, adam: createAdamState(state.parameters) };
}
