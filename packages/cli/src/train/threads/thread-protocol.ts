import type { PlainError } from '@diffir/core';
import type { TrainingSetup } from '../training-setup';

/** What a thread of a training run does. */
type ThreadRole = 'data' | 'gradients';

/** What such a thread is started with. */
export interface ThreadSetup {
  readonly role: ThreadRole;
  readonly training: TrainingSetup;
}

/** A call of one of its functions; answered in turn. */
export interface ThreadCall {
  readonly method: string;
  readonly argument: unknown;
}

export type ThreadAnswer = { readonly value: unknown } | { readonly error: PlainError };
