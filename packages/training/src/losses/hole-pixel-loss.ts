import { abs, mean, mul, type Scalar, sub } from '@tensorflow/tfjs';
import { holeOf } from './hole';
import type { ImageLoss } from './image-loss';

/**
 * L1 inside the hole alone, which is all that inpainting returns of the output; averaged over all pixels, those
 * outside too, so that it and `knownPixelLoss` of the same weight make up `pixelLoss`.
 */
export function holePixelLoss({ weight = 1 }: { readonly weight?: number } = {}): ImageLoss {
  return {
    name: 'pixel',
    weight,
    compute: ({ output, gt, lq }) => mean<Scalar>(mul(abs(sub(output, gt)), holeOf(lq))),
  };
}
