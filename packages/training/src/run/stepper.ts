import type { PlainBatch } from '../data/plain-batch';
import type { TrainerState } from '../trainer/trainer-state';
import type { StepReport } from '../trainer/updater';
import type { AdversaryStep } from './adversary';
import type { NonFinite } from './divergence';

export interface StepRequest {
  /** Accumulated into one step. */
  readonly batches: readonly PlainBatch[];
  /** What the discriminator does, in the phase that has one. */
  readonly adversaryStep?: AdversaryStep;
}

/** Takes the steps of one phase of a run, and keeps its values meanwhile. */
export interface Stepper {
  /** One step; what is not finite ends the run, and the state after it is of no use. */
  step(request: StepRequest): Promise<StepReport | NonFinite>;
  /** The state after the steps so far; its values may change with the next step. */
  state(): Promise<TrainerState>;
  dispose(): void;
}
