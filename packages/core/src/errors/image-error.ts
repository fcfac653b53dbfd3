import { DiffIRError } from './diffir-error';

/** An image or mask cannot be used: unreadable, damaged, or of the wrong size or kind. */
export class ImageError extends DiffIRError {
  static override readonly errorName: string = 'ImageError';
}
