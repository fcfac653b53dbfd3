import { DiffIRError } from './diffir-error';

/** An option or argument has a value that makes no sense. */
export class OptionError extends DiffIRError {
  static override readonly errorName: string = 'OptionError';
}
