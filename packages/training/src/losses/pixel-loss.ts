import { abs, mean, mul, type Scalar, sub, type Tensor4D } from '@tensorflow/tfjs';
import { holeOf } from './hole';
import type { ImageLoss } from './image-loss';
import { meanAbsoluteError } from './mean-absolute-error';

/** The pixels that a loss counts: for inpainting also those outside the hole alone, or inside it alone. */
export type PixelRegion = 'all' | 'known' | 'hole';

export interface PixelLossOptions {
  readonly weight?: number;
  readonly region?: PixelRegion;
}

/**
 * L1 between output and GT, averaged over all pixels whatever the region, so that `known` and `hole` of the same
 * weight make up `all`. LaMa and published DiffIR count what is known; what inpainting returns is the hole.
 */
export function pixelLoss({ weight = 1, region = 'all' }: PixelLossOptions = {}): ImageLoss {
  return {
    name: 'pixel',
    weight,
    compute({ output, gt, lq }) {
      if (region === 'all') return meanAbsoluteError(output, gt);
      const hole = holeOf(lq);
      const counted: Tensor4D = region === 'hole' ? hole : sub(1, hole);
      return mean<Scalar>(mul(abs(sub(output, gt)), counted));
    },
  };
}
