import { DiffIRError } from '@diffir/core';
import type { PlainBatch } from '../data/plain-batch';

/** A run that must not go on: a loss or gradient is no finite number. */
export interface Divergence {
  readonly iteration: number;
  /** What is not finite. */
  readonly quantity: string;
  readonly value: number;
  readonly batches: readonly PlainBatch[];
}

/** A run was stopped because it diverged. */
export class DivergenceError extends DiffIRError {
  static override readonly errorName: string = 'DivergenceError';
}

/** The first loss that is no finite number. */
export function notFinite(
  losses: Readonly<Record<string, number>>,
): { name: string; value: number } | undefined {
  const found = Object.entries(losses).find(([, value]) => !Number.isFinite(value));
  return found && { name: found[0], value: found[1] };
}
