import { add, depthwiseConv2d, sqrt, square, type Tensor4D, tensor, tidy, tile } from '@tensorflow/tfjs-core';
import type { Stage } from '../backbones/convolution';

/** Hanning window of length 5 without its zeros, in two dimensions, normalised to sum 1. */
const WINDOW = [1, 2, 1, 2, 4, 2, 1, 2, 1].map((value) => value / 16);
const EPSILON = 1e-12;

/**
 * L2 pooling (Hénaff and Simoncelli 2015), as DISTS has it in place of VGG's max pooling: √(w ∗ x² + 1e-12),
 * stride 2, zero padding 1. Free of the aliasing that makes max pooling shift-variant.
 */
export const l2Pool: Stage = (x) =>
  tidy((): Tensor4D => {
    const filter: Tensor4D = tile(tensor(WINDOW, [3, 3, 1, 1]), [1, 1, x.shape[3], 1]);
    const squares: Tensor4D = depthwiseConv2d(square(x), filter, 2, 1, 'NHWC', 1, 'floor');
    return sqrt(add<Tensor4D>(squares, EPSILON));
  });
