import { DiffIRError } from './diffir-error';

/** A result cannot be written where it was asked for. */
export class OutputError extends DiffIRError {
  static override readonly errorName: string = 'OutputError';
}
