import type { Form } from '../lower/form';
import { plain, planar } from '../lower/form';
import { type Lowering, reshape } from '../lower/lowering';
import { type Rows, storedRows } from '../lower/rows';
import type { TracedNode, TracedValue } from '../trace/traced-graph';
import { flagOf, input, numberOf, numbersOf } from './attributes';
import type { Operator } from './operator';

interface Reduction {
  readonly x: TracedValue;
  readonly axes: readonly number[];
  readonly keep: boolean;
  /** Shape of the result. */
  readonly shape: readonly number[];
}

function reductionOf(node: TracedNode): Reduction {
  const x = input(node, 'x');
  const rank = x.shape.length;
  const given = node.attributes.axis;
  const listed =
    given === undefined || given === null ? x.shape.map((_, axis) => axis) : numbersOf(node, 'axis');
  const axes = [...new Set(listed.map((axis) => (axis < 0 ? axis + rank : axis)))].sort((a, b) => a - b);
  const keep = flagOf(node, 'keepDims');
  const shape = keep
    ? x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
    : x.shape.filter((_, axis) => !axes.includes(axis));
  return { x, axes, keep, shape };
}

function reduction(kernel: string, operator: string): Operator {
  return {
    kernel,
    infer: (node) => {
      const { x, shape } = reductionOf(node);
      return [{ shape, dtype: x.dtype }];
    },
    lower: (node, lowering) => [lowerReduction(operator, reductionOf(node), lowering)],
  };
}

function lowerReduction(operator: string, { x, axes, keep, shape }: Reduction, lowering: Lowering): Form {
  const { builder } = lowering;
  const isMean = operator === 'ReduceMean';
  if (x.shape.length === 4 && lowering.form(x).layout === 'planar') {
    const image = lowering.planar(x);
    if (`${axes}` === '3' && keep) return channelReduction(operator, image, x, lowering);
    if (`${axes}` === '1,2' && (isMean || operator === 'ReduceSum')) {
      return plain(() => reshape(builder, overPixels(isMean, image, x, lowering), shape));
    }
  }
  return plain(() => reduce(lowering, operator, lowering.plain(x), { axes, keep }));
}

function channelReduction(operator: string, image: Rows, { shape }: TracedValue, lowering: Lowering): Form {
  const [, height = 1, width = 1] = shape;
  return planar(
    storedRows(lowering.builder, lowering.bands(height, width), (band) =>
      reduce(lowering, operator, image.at(band), { axes: [1], keep: true }),
    ),
  );
}

/** Sum or mean over all pixels, `[N,C,1,1]`. */
function overPixels(isMean: boolean, image: Rows, { shape }: TracedValue, lowering: Lowering): string {
  const [, height = 1, width = 1] = shape;
  const { builder } = lowering;
  const bands = lowering.bands(height, width);
  const [only] = bands;
  if (bands.length === 1 && only !== undefined) {
    return reduce(lowering, isMean ? 'ReduceMean' : 'ReduceSum', image.at(only), {
      axes: [2, 3],
      keep: true,
    });
  }
  const sums = bands.map((band) =>
    reduce(lowering, 'ReduceSum', image.at(band), { axes: [2, 3], keep: true }),
  );
  const total = sumOf(lowering, sums);
  return isMean ? builder.add('Mul', [total, builder.scalar(1 / (height * width))]) : total;
}

/** The sum of tensors of one shape. */
export function sumOf({ builder }: Lowering, names: readonly string[]): string {
  return names.reduce((sum, name) => builder.add('Add', [sum, name]));
}

/** A reduction in ONNX; up to opset 17 only the sum takes its axes as an input. */
export function reduce(
  { builder }: Lowering,
  operator: string,
  name: string,
  { axes, keep }: { readonly axes: readonly number[]; readonly keep: boolean },
): string {
  const keepdims = { keepdims: { int: keep ? 1 : 0 } };
  return operator === 'ReduceSum'
    ? builder.add(operator, [name, builder.integers(axes)], keepdims)
    : builder.add(operator, [name], { axes: { ints: axes }, ...keepdims });
}

const softmax: Operator = {
  kernel: 'Softmax',
  infer: (node) => [{ shape: input(node, 'logits').shape, dtype: 'float32' }],
  lower: (node, lowering) => [
    plain(() =>
      lowering.builder.add('Softmax', [lowering.plain(input(node, 'logits'))], {
        axis: { int: numberOf(node, 'dim') },
      }),
    ),
  ],
};

/** Reductions, and what is normalised by one. */
export const reductionOperators: readonly Operator[] = [
  reduction('Mean', 'ReduceMean'),
  reduction('Sum', 'ReduceSum'),
  reduction('Max', 'ReduceMax'),
  reduction('Min', 'ReduceMin'),
  reduction('Prod', 'ReduceProd'),
  softmax,
];
