import { DiffIRError } from './diffir-error';

/** A checkpoint file cannot be read: not a checkpoint, damaged, or using something unsupported. */
export class CheckpointError extends DiffIRError {
  static override readonly errorName: string = 'CheckpointError';
}
