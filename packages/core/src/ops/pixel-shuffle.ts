import { reshape, type Tensor4D, transpose } from '@tensorflow/tfjs-core';
import { kernelNames } from './kernel-names';
import { runOp } from './run-op';

/**
 * Moves groups of `factor`² channels into space: `[N,H,W,C·r²]` to `[N,H·r,W·r,C]`.
 * Channel order as torch.nn.PixelShuffle: input channel c·r² + i·r + j lands at row i, column j.
 * (TensorFlow's depthToSpace orders channels the other way round.)
 */
export function pixelShuffle(x: Tensor4D, factor: number): Tensor4D {
  const [n, h, w, channels] = x.shape;
  const c = channels / (factor * factor);
  return runOp({
    kernel: kernelNames.pixelShuffle,
    inputs: { x },
    attributes: { factor },
    compose: () => {
      const split = reshape(x, [n, h, w, c, factor, factor]);
      return reshape(transpose(split, [0, 1, 4, 2, 5, 3]), [n, h * factor, w * factor, c]);
    },
  });
}
