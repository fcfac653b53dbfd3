import { DiffIRError } from '@diffir/core';
import type { PlainBatch } from '../data/plain-batch';
import type { StepReport } from '../trainer/updater';

/** A quantity of a step that is no finite number. */
export interface NonFinite {
  /** What is not finite. */
  readonly quantity: string;
  readonly value: number;
}

/** A run that must not go on: a loss or gradient is no finite number. */
export interface Divergence extends NonFinite {
  readonly iteration: number;
  readonly batches: readonly PlainBatch[];
}

/** A run was stopped because it diverged. */
export class DivergenceError extends DiffIRError {
  static override readonly errorName: string = 'DivergenceError';
}

/** The first of a step's numbers that is not finite. */
export function firstNonFinite({
  losses,
  gradientNorm = 0,
  discriminatorNorm = 0,
}: Partial<StepReport> & Pick<StepReport, 'losses'>): NonFinite | undefined {
  const numbers = [
    ...Object.entries(losses).map(([name, value]) => ({ quantity: `loss "${name}"`, value })),
    { quantity: 'norm of the gradients', value: gradientNorm },
    { quantity: "norm of the discriminator's gradients", value: discriminatorNorm },
  ];
  return numbers.find(({ value }) => !Number.isFinite(value));
}
