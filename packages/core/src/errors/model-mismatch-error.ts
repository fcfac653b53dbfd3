import { DiffIRError } from './diffir-error';

/** A readable checkpoint does not fit: unknown architecture, or parameters missing, left over or misshapen. */
export class ModelMismatchError extends DiffIRError {
  static override readonly errorName: string = 'ModelMismatchError';
}
