import type { Parameter, ParameterScope } from '@diffir/core';
import {
  add,
  addN,
  div,
  matMul,
  mean,
  mul,
  reshape,
  sqrt,
  square,
  squaredDifference,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import { alexNet } from '../backbones/alexnet';
import type { BackboneBuilder } from '../backbones/backbone';
import { squeezeNet } from '../backbones/squeezenet';
import { vgg16 } from '../backbones/vgg16';

/** The networks LPIPS is published for. */
export type LpipsBackbone = 'alex' | 'squeeze' | 'vgg';

const builders: Readonly<Record<LpipsBackbone, BackboneBuilder>> = {
  alex: alexNet,
  squeeze: squeezeNet,
  vgg: vgg16,
};

/** Moves images in [−1,1] to where ImageNet's statistics are those the backbones were trained with. */
const SHIFT = [-0.03, -0.088, -0.188];
const SCALE = [0.458, 0.448, 0.45];
const EPSILON = 1e-10;
/** So little that no distance changes; without it the root has no gradient where a pixel has no activation. */
const UNDER_ROOT = 1e-20;

export interface LpipsNetwork {
  /** The shortest side of a picture that it can compare. */
  readonly smallestSide: number;
  /** Distances `[N]` of two batches `[N,H,W,3]` in [0,1], differentiable in both. The caller disposes them. */
  distances(reference: Tensor4D, restored: Tensor4D): Tensor1D;
}

/** The network of LPIPS v0.1 (Zhang et al. 2018, equation 1): a backbone's `features.*` and its `lin*.weight`. */
export function lpipsNetwork(p: ParameterScope, kind: LpipsBackbone): LpipsNetwork {
  const backbone = builders[kind](p);
  const weights = backbone.channels.map((channels, index) =>
    p.get(`lin${index}.weight`, {
      layout: 'pointwise',
      shape: [1, channels, 1, 1],
      initializer: { kind: 'constant', value: 1 / channels },
    }),
  );
  return {
    smallestSide: backbone.smallestSide,
    distances: (reference, restored) =>
      tidy((): Tensor1D => {
        const a = backbone.features(normalize(reference));
        const b = backbone.features(normalize(restored));
        const layers = weights.flatMap((weight, index) => {
          const [x, y] = [a[index], b[index]];
          return x === undefined || y === undefined ? [] : [layerDistance(x, y, weight)];
        });
        return addN(layers);
      }),
  };
}

/** ((2x − 1) − shift) / scale for x in [0,1], as one product and one sum. */
function normalize(x: Tensor4D): Tensor4D {
  const factor = tensor1d(SCALE.map((scale) => 2 / scale));
  const offset = tensor1d(SCALE.map((scale, channel) => (-1 - (SHIFT[channel] ?? 0)) / scale));
  return add(mul(x, factor), offset);
}

/** `[N]`: squared differences of unit vectors over channels, averaged over the picture, then weighted. */
function layerDistance(a: Tensor4D, b: Tensor4D, weight: Parameter<'pointwise'>): Tensor1D {
  return tidy(() => {
    // Along the rows first: sums over a whole picture would lose digits in single precision.
    const average: Tensor2D = mean(mean(squaredDifference(unit(a), unit(b)), 2), 1);
    return reshape(matMul(average, weight.tensor), [-1]);
  });
}

function unit(x: Tensor4D): Tensor4D {
  return div(x, add(sqrt(add(sum(square(x), 3, true), UNDER_ROOT)), EPSILON));
}
