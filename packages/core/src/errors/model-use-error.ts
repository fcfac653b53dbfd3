import { DiffIRError } from './diffir-error';

/** A model is asked for something it is not made for: another task, scale or input. */
export class ModelUseError extends DiffIRError {
  static override readonly errorName: string = 'ModelUseError';
}
