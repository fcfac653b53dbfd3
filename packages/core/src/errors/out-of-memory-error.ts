import { DiffIRError } from './diffir-error';

/** A backend ran out of memory while computing. */
export class OutOfMemoryError extends DiffIRError {
  static override readonly errorName: string = 'OutOfMemoryError';
}
