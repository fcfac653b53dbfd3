import type { Image } from '@diffir/web';
import type { Photo } from '../photo/photo';
import type { Outcome } from './session';

/** A restored photo with what it was made of. */
export interface Result {
  readonly before: Photo;
  readonly after: Photo;
  readonly image: Image;
  readonly task: string;
  readonly model: string;
  readonly outcome: Omit<Outcome, 'image'>;
}
