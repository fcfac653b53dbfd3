import type { ImageLoss } from './image-loss';
import { meanAbsoluteError } from './mean-absolute-error';

/** L1 between output and GT. */
export function pixelLoss({ weight = 1 }: { readonly weight?: number } = {}): ImageLoss {
  return { name: 'pixel', weight, compute: ({ output, gt }) => meanAbsoluteError(output, gt) };
}
