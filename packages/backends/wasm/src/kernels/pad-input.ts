import type { ConvGeometry } from '@diffir/core';
import { pad, type Tensor4D } from '@tensorflow/tfjs-core';

/** A convolution's input `[N,H,W,C]` with its zero padding, as far as the filter's taps reach. */
export function padInput(x: Tensor4D, geometry: ConvGeometry): Tensor4D {
  const { padInfo, outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth } = geometry;
  const [, inHeight, inWidth] = x.shape;
  // Measured from the output: with strides the last rows of the input may meet no tap.
  const height = (outHeight - 1) * strideHeight + filterHeight;
  const width = (outWidth - 1) * strideWidth + filterWidth;
  return pad(x, [
    [0, 0],
    [padInfo.top, Math.max(0, height - inHeight - padInfo.top)],
    [padInfo.left, Math.max(0, width - inWidth - padInfo.left)],
    [0, 0],
  ]);
}
