import { constantView, padView, reshapeView, transposeView } from '../lower/constant-view';
import { plain } from '../lower/form';
import { constantName, type Lowering, reshape, transpose } from '../lower/lowering';
import type { TracedNode, TracedValue } from '../trace/traced-graph';
import { activate } from './activation';
import { flagOf, input } from './attributes';
import type { Operator } from './operator';

/** A matrix product, perhaps with a bias and an activation. */
function matMulOperator(kernel: string): Operator {
  return {
    kernel,
    infer: (node) => {
      const { a, b, batch } = factors(node);
      return [{ shape: [...batch, a.rows, b.columns], dtype: 'float32' }];
    },
    lower: (node, lowering) => [plain(() => lowerMatMul(node, lowering))],
  };
}

function lowerMatMul(node: TracedNode, lowering: Lowering): string {
  const { builder } = lowering;
  const { a, b } = factors(node);
  const product = builder.add('MatMul', [factorName(a, lowering), factorName(b, lowering)]);
  const { bias } = node.inputs;
  const sum = bias === undefined ? product : builder.add('Add', [product, lowering.plain(bias)]);
  return activate(node, lowering, sum);
}

interface Factor {
  readonly value: TracedValue;
  readonly transposed: boolean;
  readonly rows: number;
  readonly columns: number;
}

function factors(node: TracedNode): { a: Factor; b: Factor; batch: readonly number[] } {
  const a = factor(input(node, 'a'), flagOf(node, 'transposeA'));
  const b = factor(input(node, 'b'), flagOf(node, 'transposeB'));
  const [batchA, batchB] = [a, b].map(({ value }) => value.shape.slice(0, -2)) as [number[], number[]];
  const batch = batchA.map((length, axis) => Math.max(length, batchB[axis] ?? 1));
  return { a, b, batch };
}

function factor(value: TracedValue, transposed: boolean): Factor {
  const [rows = 1, columns = 1] = value.shape.slice(-2);
  return transposed
    ? { value, transposed, rows: columns, columns: rows }
    : { value, transposed, rows, columns };
}

function factorName({ value, transposed }: Factor, lowering: Lowering): string {
  const rank = value.shape.length;
  const perm = value.shape.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
  const constant = constantView(value);
  if (constant !== undefined) {
    // A leading 1 only gets in the way of runtimes that pack constant factors in advance.
    const view = transposed ? transposeView(constant, perm) : constant;
    const flat =
      view.shape.length === 3 && view.shape[0] === 1 ? reshapeView(view, view.shape.slice(1)) : view;
    return constantName(lowering.builder, { ...flat, dtype: value.dtype });
  }
  const name = lowering.plain(value);
  return transposed ? transpose(lowering.builder, name, perm) : name;
}

/** Matrix products. */
export const productOperators: readonly Operator[] = [
  matMulOperator('BatchMatMul'),
  matMulOperator('_FusedMatMul'),
];

/** Channels on either side of a 1×1 convolution, in the graph. */
export interface PointwiseSize {
  readonly inputs: number;
  readonly outputs: number;
}

/** `[O,I,1,1]` of a 1×1 convolution's weight that is there as `[I,O]`, with zeros for appended channels. */
export function pointwiseWeight(
  weight: TracedValue,
  { inputs, outputs }: PointwiseSize,
  lowering: Lowering,
): string {
  const shape = [outputs, inputs, 1, 1];
  const constant = constantView(weight);
  if (constant !== undefined) {
    const view = reshapeView(padView(transposeView(constant, [1, 0]), [outputs, inputs]), shape);
    return constantName(lowering.builder, { ...view, dtype: 'float32' });
  }
  const { builder } = lowering;
  return reshape(builder, transpose(builder, lowering.plain(weight), [1, 0]), shape);
}

/** A bias with zeros for appended channels. */
export function channelBias(bias: TracedValue, channels: number, lowering: Lowering): string {
  const constant = constantView(bias);
  if (constant === undefined || constant.shape.length !== 1) return lowering.plain(bias);
  return constantName(lowering.builder, { ...padView(constant, [channels]), dtype: 'float32' });
}
