import type { ParameterScope } from '@diffir/core';
import {
  add,
  addN,
  div,
  mean,
  mul,
  slice,
  square,
  squaredDifference,
  sub,
  sum,
  type Tensor1D,
  type Tensor4D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import { vgg16Pooling } from '../backbones/vgg16';
import { l2Pool } from './l2-pool';

/** Statistics of ImageNet, for images in [0,1]. */
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];
/** Both constants of the paper's equations 4 and 5. */
const C = 1e-6;

export interface DistsNetwork {
  /** The shortest side of a picture that it can compare. */
  readonly smallestSide: number;
  /** Distances `[N]` of two batches `[N,H,W,3]` in [0,1]. The caller disposes them. */
  distances(reference: Tensor4D, restored: Tensor4D): Tensor1D;
}

/**
 * The network of DISTS (Ding et al. 2020, equation 6): VGG16 with L2 pooling, and for each of its channels
 * and each of the picture itself the weights `alpha` of texture and `beta` of structure.
 */
export function distsNetwork(p: ParameterScope): DistsNetwork {
  const backbone = vgg16Pooling(p, l2Pool);
  const channels = [3, ...backbone.channels];
  const total = channels.reduce((count, some) => count + some, 0);
  const declaration = {
    layout: 'vector',
    shape: [1, total, 1, 1],
    initializer: { kind: 'constant', value: 0.1 },
  } as const;
  const [alpha, beta] = [p.get('alpha', declaration), p.get('beta', declaration)];
  const features = (x: Tensor4D) => [x, ...backbone.features(normalize(x))];

  return {
    smallestSide: backbone.smallestSide,
    distances: (reference, restored) =>
      tidy((): Tensor1D => {
        const [a, b] = [features(reference), features(restored)];
        let start = 0;
        const layers = channels.flatMap((count, layer) => {
          const [x, y] = [a[layer], b[layer]];
          const weights = [alpha, beta].map(({ tensor }) => slice(tensor, start, count));
          start += count;
          const [texture, structure] = weights;
          if (x === undefined || y === undefined || texture === undefined || structure === undefined)
            return [];
          return [layerDistance(x, y, texture, structure)];
        });
        return div(addN(layers), add(sum(alpha.tensor), sum(beta.tensor)));
      }),
  };
}

function normalize(x: Tensor4D): Tensor4D {
  return div(sub(x, tensor1d(MEAN)), tensor1d(DEVIATION));
}

/** `[N]`: Σ α(1 − l) + β(1 − s) over channels, l and s the similarities of means and of structure. */
function layerDistance(a: Tensor4D, b: Tensor4D, alpha: Tensor1D, beta: Tensor1D): Tensor1D {
  return tidy(() => {
    const [u, v] = [overPicture(a), overPicture(b)];
    const texture = similarity(mul(u, v), add(square(u), square(v)));
    const covariance = overPicture(mul(sub(a, u), sub(b, v)));
    const variances: Tensor4D = add(
      overPicture(squaredDifference(a, u)),
      overPicture(squaredDifference(b, v)),
    );
    const structure = similarity(covariance, variances);
    const distances: Tensor4D = add(mul(sub(1, texture), alpha), mul(sub(1, structure), beta));
    return sum<Tensor1D>(distances, [1, 2, 3]);
  });
}

/** (2·product + C) / (squares + C). */
function similarity(product: Tensor4D, squares: Tensor4D): Tensor4D {
  return div(add(mul(product, 2), C), add(squares, C));
}

/** Means `[N,1,1,C]`; along the rows first, as sums over a whole picture would lose digits. */
function overPicture(x: Tensor4D): Tensor4D {
  const rows: Tensor4D = mean(x, 2, true);
  return mean(rows, 1, true);
}
