import { abs, mean, mul, type Scalar, sub } from '@tensorflow/tfjs';
import { holeOf } from './hole';
import type { ImageLoss } from './image-loss';

/** Inpainting's pixel loss: L1 outside the hole, 0 inside; averaged over all pixels, those of the hole too. */
export function knownPixelLoss({ weight = 10 }: { readonly weight?: number } = {}): ImageLoss {
  return {
    name: 'pixel',
    weight,
    compute({ output, gt, lq }) {
      const known = sub(1, holeOf(lq));
      return mean<Scalar>(mul(abs(sub(output, gt)), known));
    },
  };
}
