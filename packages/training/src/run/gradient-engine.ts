import type { PlainBatch, PlainSize } from '../data/plain-batch';
import type { GradientResult, NamedValues } from '../gradients/compute-gradients';
import type { AdversaryStep } from './adversary';
import type { TrainingPhase } from './stage-networks';

/** Asks for the gradients of a batch. */
export interface GradientRequest {
  readonly values: NamedValues;
  readonly phase: TrainingPhase;
  readonly batch: PlainBatch;
  /** The discriminator's part, in the phase that has one. */
  readonly adversary?: { readonly values: NamedValues; readonly step: AdversaryStep };
}

/** Asks for pictures to be restored by the network as it is. */
export interface RestoreRequest {
  readonly values: NamedValues;
  readonly batch: PlainBatch;
}

/** Restored pictures, RGB in [0,1], clamped. */
export interface RestoredBatch {
  readonly size: PlainSize;
  readonly values: Float32Array<ArrayBuffer>;
}

/** What computes with a stage's networks: this thread, or another one. */
export interface GradientEngine {
  gradients(request: GradientRequest): Promise<GradientResult>;
  restore(request: RestoreRequest): Promise<RestoredBatch>;
  dispose(): Promise<void>;
}
