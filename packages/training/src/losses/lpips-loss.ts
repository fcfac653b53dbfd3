import {
  add,
  addN,
  div,
  mean,
  mul,
  type Scalar,
  slice,
  sub,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs';
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
 * Rows and columns at which the pictures are cut for each look at them. Backbones pass over pixels by strides of 2 up to
 * 16, and what is trained against a single look learns to draw dots on the grid that it sees best. All of these differ
 * modulo 2 and modulo 4 in rows, and in columns.
 */
const LOOKS = [
  [0, 0],
  [1, 5],
  [3, 2],
  [6, 7],
] as const;

/** Rows and columns that each look leaves out. */
const CUT = 7;

/**
 * LPIPS (Zhang et al. 2018) between GT and what the task returns: for inpainting the output in the hole, around it the
 * picture itself. The mean of four looks, each at all but seven rows and columns.
 */
export function lpipsLoss({ network, weight = 1 }: LpipsLossOptions): ImageLoss {
  return {
    name: 'lpips',
    weight,
    compute(inputs) {
      const picture = returned(inputs);
      const looks = LOOKS.map(([row, column]) =>
        mean<Scalar>(network.distances(cut(inputs.gt, row, column), cut(picture, row, column))),
      );
      return div(addN(looks), LOOKS.length);
    },
  };
}

function returned({ output, gt, lq }: ImageLossInputs): Tensor4D {
  if (!isMasked(lq)) return output;
  const hole = holeOf(lq);
  return add(mul(output, hole), mul(gt, sub(1, hole)));
}

function cut(picture: Tensor4D, row: number, column: number): Tensor4D {
  const [n, height, width, channels] = picture.shape;
  return slice(picture, [0, row, column, 0], [n, height - CUT, width - CUT, channels]);
}
