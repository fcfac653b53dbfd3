import type { PlainError } from '@diffir/core/errors';
import type { EngineSetup, RestoreRequest } from '../engine/engine';

/** What an engine in a worker is asked for. */
export type Request =
  | { readonly method: 'open'; readonly setup: EngineSetup }
  | { readonly method: 'restore'; readonly request: RestoreRequest }
  | { readonly method: 'memory' }
  | { readonly method: 'close' };

/** A request with the port that its answers go to; whatever comes in by that port aborts it. */
export interface Call {
  readonly request: Request;
  readonly port: MessagePort;
}

/** Any number of times progress, then a result or an error. */
export type Answer<Result, Progress> =
  | { readonly progress: Progress }
  | { readonly result: Result }
  | { readonly error: PlainError };

/** What a worker sends first, once it listens. */
export const LISTENING = 'listening';
