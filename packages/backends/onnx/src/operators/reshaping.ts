import { type Form, plain } from '../lower/form';
import { type Lowering, onnxTypeNumber, reshape, transpose } from '../lower/lowering';
import { sizeOf, type TracedNode, type TracedValue } from '../trace/traced-graph';
import { input, numberOf, numbersOf, stringOf, unsupported } from './attributes';
import { lowerElementwise } from './elementwise';
import type { Operator } from './operator';
import { ofType } from './value-types';

const reshapeOperator: Operator = {
  kernel: 'Reshape',
  infer: (node) => {
    const x = input(node, 'x');
    return ofType(x, shapeOf(node, x));
  },
  lower: (node, lowering) => [lowerReshape(input(node, 'x'), lowering, shapeOf(node, input(node, 'x')))],
};

/** The wanted shape, with a −1 in it resolved. */
function shapeOf(node: TracedNode, x: TracedValue): readonly number[] {
  const wanted = numbersOf(node, 'shape');
  const known = wanted.filter((length) => length >= 0).reduce((size, length) => size * length, 1);
  return wanted.map((length) => (length >= 0 ? length : sizeOf(x.shape) / Math.max(1, known)));
}

function lowerReshape(x: TracedValue, lowering: Lowering, shape: readonly number[]): Form {
  if (isSame(x.shape, shape)) return lowering.form(x);
  return plain(() => reshape(lowering.builder, lowering.plain(x), shape));
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

const expandDims: Operator = {
  kernel: 'ExpandDims',
  infer: (node) => {
    const { x, shape } = expanded(node);
    return ofType(x, shape);
  },
  lower: (node, lowering) => {
    const { x, shape } = expanded(node);
    return [lowerReshape(x, lowering, shape)];
  },
};

function expanded(node: TracedNode): { x: TracedValue; shape: readonly number[] } {
  const x = input(node, 'input');
  const dim = numberOf(node, 'dim');
  const axis = dim < 0 ? dim + x.shape.length + 1 : dim;
  return { x, shape: [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)] };
}

const identity: Operator = {
  kernel: 'Identity',
  infer: (node) => ofType(input(node, 'x'), input(node, 'x').shape),
  lower: (node, lowering) => [lowering.form(input(node, 'x'))],
};

const cast: Operator = {
  kernel: 'Cast',
  infer: (node) => [{ shape: input(node, 'x').shape, dtype: castType(node) }],
  lower: (node, lowering) => [
    lowerElementwise(lowering, [input(node, 'x')], (names) =>
      lowering.builder.add('Cast', names, { to: { int: onnxTypeNumber(castType(node)) } }),
    ),
  ],
};

function castType(node: TracedNode): 'float32' | 'int32' | 'bool' {
  const type = stringOf(node, 'dtype', '');
  if (type === 'float32' || type === 'int32' || type === 'bool') return type;
  throw unsupported(node, `type ${type}`);
}

const transposeOperator: Operator = {
  kernel: 'Transpose',
  infer: (node) => {
    const x = input(node, 'x');
    return ofType(
      x,
      numbersOf(node, 'perm').map((axis) => x.shape[axis] ?? 1),
    );
  },
  lower: (node, lowering) => [
    plain(() => transpose(lowering.builder, lowering.plain(input(node, 'x')), numbersOf(node, 'perm'))),
  ],
};

/** Operators that see the same values in another shape, order or type. */
export const reshapingOperators: readonly Operator[] = [
  reshapeOperator,
  expandDims,
  identity,
  cast,
  transposeOperator,
];
