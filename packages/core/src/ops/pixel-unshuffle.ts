import { reshape, type Tensor4D, transpose } from '@tensorflow/tfjs-core';
import { kernelNames } from './kernel-names';
import { runOp } from './run-op';

/**
 * Moves blocks of `factor`×`factor` pixels into channels: `[N,H,W,C]` to `[N,H/r,W/r,C·r²]`.
 * Channel order as torch.nn.PixelUnshuffle: row i, column j of channel c lands at c·r² + i·r + j.
 * H and W must be multiples of `factor`.
 */
export function pixelUnshuffle(x: Tensor4D, factor: number): Tensor4D {
  const [n, height, width, c] = x.shape;
  const h = height / factor;
  const w = width / factor;
  return runOp({
    kernel: kernelNames.pixelUnshuffle,
    inputs: { x },
    attributes: { factor },
    compose: () => {
      const split = reshape(x, [n, h, factor, w, factor, c]);
      return reshape(transpose(split, [0, 1, 3, 5, 2, 4]), [n, h, w, c * factor * factor]);
    },
  });
}
