import { DiffIRError } from './diffir-error';

/** A backend cannot run here; the only error on which automatic choice moves on to the next backend. */
export class BackendUnavailableError extends DiffIRError {
  static override readonly errorName: string = 'BackendUnavailableError';
}
