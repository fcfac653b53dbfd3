import type { DynamicBranchParameters } from '../ops/dynamic-branch';
import type { ModulatedNormParameters } from '../ops/modulated-norm';
import type { LayerNormKind } from '../ops/normalize-channels';
import { matrix, tensor4d, vector } from './kernel-case';
import { at, noise, type ReferenceArray, sum, tabulate } from './reference-array';
import { depthwiseConv2dSame } from './reference-kernels';
import { type Image, referenceModulate, referenceNormalize, referencePointwise } from './reference-ops';

type Matrix = ReferenceArray<readonly [number, number]>;

const [height, width, iprSize] = [5, 7, 9];

interface ModulatedInputOptions {
  readonly batch: number;
  readonly channels: number;
  readonly kind: LayerNormKind;
}

/** The input of half a dynamic block: features, IPR, and what norm and modulation make of them. */
export function modulatedInputCase({ batch, channels, kind }: ModulatedInputOptions) {
  const x = noise([batch, height, width, channels], { seed: 11 });
  const ipr = noise([batch, iprSize], { seed: 12 });
  const scale = noise([iprSize, channels], { seed: 13 });
  const shift = noise([iprSize, channels], { seed: 14 });
  const weight = noise([channels], { seed: 15, low: 0.5, high: 1.5 });
  const bias = kind === 'WithBias' ? noise([channels], { seed: 16 }) : undefined;
  const whitened = referenceNormalize(x, kind);
  const learned = tabulate(x.shape, ([n, i, j, c]) => {
    const scaled = at(whitened, [n, i, j, c]) * at(weight, [c]);
    return bias === undefined ? scaled : scaled + at(bias, [c]);
  });
  return {
    x,
    ipr,
    normalized: referenceModulate(learned, product(ipr, scale), product(ipr, shift)),
    parameters: (): ModulatedNormParameters => ({
      norm: { kind, weight: vector(weight), ...(bias && { bias: vector(bias) }) },
      scale: matrix(scale),
      shift: matrix(shift),
    }),
  };
}

interface BranchOptions {
  readonly inputs: number;
  readonly outputs: number;
  readonly bias: boolean;
  readonly seed: number;
}

/** A branch's random parameters, and what it should give. */
export function dynamicBranchCase({ inputs, outputs, bias, seed }: BranchOptions) {
  const weight = noise([inputs, outputs], { seed });
  const filter = noise([3, 3, outputs, 1], { seed: seed + 100 });
  const pointwiseBias = bias ? noise([outputs], { seed: seed + 200 }) : undefined;
  const depthwiseBias = bias ? noise([outputs], { seed: seed + 300 }) : undefined;
  return {
    parameters: (): DynamicBranchParameters => ({
      pointwise: { weight: matrix(weight), ...(pointwiseBias && { bias: vector(pointwiseBias) }) },
      depthwise: { filter: tensor4d(filter), ...(depthwiseBias && { bias: vector(depthwiseBias) }) },
    }),
    expected(normalized: Image): Image {
      const convolved = depthwiseConv2dSame(referencePointwise(normalized, weight, pointwiseBias), filter);
      if (depthwiseBias === undefined) return convolved;
      return tabulate(
        convolved.shape,
        ([n, i, j, c]) => at(convolved, [n, i, j, c]) + at(depthwiseBias, [c]),
      );
    },
  };
}

function product(a: Matrix, b: Matrix): Matrix {
  return tabulate([a.shape[0], b.shape[1]], ([i, j]) =>
    sum(a.shape[1], (k) => at(a, [i, k]) * at(b, [k, j])),
  );
}
