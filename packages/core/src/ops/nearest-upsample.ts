import { image, type Tensor4D } from '@tensorflow/tfjs-core';

/** Repeats every pixel `factor`×`factor` times: `[N,H,W,C]` to `[N,H·f,W·f,C]`. */
export function nearestUpsample(x: Tensor4D, factor: number): Tensor4D {
  if (factor === 1) return x.clone();
  return image.resizeNearestNeighbor(x, [x.shape[1] * factor, x.shape[2] * factor]);
}
