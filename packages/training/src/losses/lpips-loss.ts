import { add, mean, mul, type Scalar, sub, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs';
import { holeOf, isMasked } from './hole';
import type { ImageLoss, ImageLossInputs } from './image-loss';

/** A fixed network that tells how different pictures look, such as that of `loadLpipsNetwork` in @diffir/metrics. */
export interface DistanceNetwork {
  /** Distances `[N]` of two batches `[N,H,W,3]` in [0,1], differentiable. */
  distances(reference: Tensor4D, restored: Tensor4D): Tensor1D;
}

export interface LpipsLossOptions {
  readonly network: DistanceNetwork;
  readonly weight?: number;
}

/**
 * LPIPS (Zhang et al. 2018) between GT and what the task returns: for inpainting the output in the hole, around it the
 * picture itself.
 */
export function lpipsLoss({ network, weight = 1 }: LpipsLossOptions): ImageLoss {
  return {
    name: 'lpips',
    weight,
    compute: (inputs) => mean<Scalar>(network.distances(inputs.gt, returned(inputs))),
  };
}

function returned({ output, gt, lq }: ImageLossInputs): Tensor4D {
  if (!isMasked(lq)) return output;
  const hole = holeOf(lq);
  return add(mul(output, hole), mul(gt, sub(1, hole)));
}
