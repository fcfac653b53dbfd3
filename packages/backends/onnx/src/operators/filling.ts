import { arrayView } from '../lower/constant-view';
import { plain } from '../lower/form';
import { constantName } from '../lower/lowering';
import type { TracedNode } from '../trace/traced-graph';
import { input, numberOf, numbersOf, stringOf } from './attributes';
import { lowerElementwise } from './elementwise';
import type { Operator } from './operator';
import { ofType } from './value-types';

const fill: Operator = {
  kernel: 'Fill',
  infer: (node) => [{ shape: numbersOf(node, 'shape'), dtype: fillType(node) }],
  lower: (node, lowering) => {
    const shape = numbersOf(node, 'shape');
    const { builder } = lowering;
    return [
      plain(() => {
        const values = fillType(node) === 'int32' ? Int32Array : Float32Array;
        const one = builder.constant(fillType(node), [], values.of(numberOf(node, 'value')));
        return builder.add('Expand', [one, builder.integers(shape)]);
      }),
    ];
  },
};

function fillType(node: TracedNode): 'float32' | 'int32' {
  return stringOf(node, 'dtype', 'float32') === 'int32' ? 'int32' : 'float32';
}

const range: Operator = {
  kernel: 'Range',
  infer: (node) => [{ shape: [rangeOf(node).length], dtype: fillType(node) }],
  lower: (node, lowering) => [
    plain(() => {
      const values = rangeOf(node);
      const array = fillType(node) === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
      return constantName(lowering.builder, {
        ...arrayView(array, [values.length]),
        dtype: fillType(node),
      });
    }),
  ],
};

function rangeOf(node: TracedNode): readonly number[] {
  const [start, stop, step] = ['start', 'stop', 'step'].map((name) => numberOf(node, name)) as [
    number,
    number,
    number,
  ];
  const count = Math.max(0, Math.ceil((stop - start) / step));
  return Array.from({ length: count }, (_, index) => start + index * step);
}

/** A tensor of one number in the shape of another. */
function likeOperator(kernel: string, value: number): Operator {
  return {
    kernel,
    infer: (node) => ofType(input(node, 'x'), input(node, 'x').shape),
    lower: (node, lowering) => [
      lowerElementwise(lowering, [input(node, 'x')], ([x = '']) => {
        const zero = lowering.builder.add('Mul', [x, lowering.builder.scalar(0)]);
        return value === 0 ? zero : lowering.builder.add('Add', [zero, lowering.builder.scalar(value)]);
      }),
    ],
  };
}

/** Operators that make values out of nothing. */
export const fillingOperators: readonly Operator[] = [
  fill,
  range,
  likeOperator('ZerosLike', 0),
  likeOperator('OnesLike', 1),
];
