import type { Attributes } from '../lower/graph-builder';
import type { TracedType } from '../trace/traced-graph';
import { input, numberOf } from './attributes';
import { elementwise, lowerElementwise } from './elementwise';
import type { Operator } from './operator';

/** Functions of one value that ONNX knows by itself: TensorFlow.js's name to ONNX's. */
const unaryOperators = {
  Abs: 'Abs',
  Ceil: 'Ceil',
  Cos: 'Cos',
  Elu: 'Elu',
  Erf: 'Erf',
  Exp: 'Exp',
  Floor: 'Floor',
  Log: 'Log',
  Neg: 'Neg',
  Reciprocal: 'Reciprocal',
  Relu: 'Relu',
  Round: 'Round',
  Sigmoid: 'Sigmoid',
  Sign: 'Sign',
  Sin: 'Sin',
  Softplus: 'Softplus',
  Sqrt: 'Sqrt',
  Tanh: 'Tanh',
} as const;

const binaryOperators = {
  Add: 'Add',
  Maximum: 'Max',
  Minimum: 'Min',
  Multiply: 'Mul',
  Pow: 'Pow',
  RealDiv: 'Div',
  Sub: 'Sub',
} as const;

const comparisons = {
  Equal: 'Equal',
  Greater: 'Greater',
  GreaterEqual: 'GreaterOrEqual',
  Less: 'Less',
  LessEqual: 'LessOrEqual',
  LogicalAnd: 'And',
  LogicalOr: 'Or',
} as const;

function unary(kernel: string, operator: string): Operator {
  return elementwise({
    kernel,
    inputs: ['x'],
    combine: ({ builder }, names) => builder.add(operator, names),
  });
}

function binary(kernel: string, operator: string, result?: TracedType): Operator {
  return elementwise({
    kernel,
    inputs: ['a', 'b'],
    combine: ({ builder }, names) => builder.add(operator, names),
    ...(result && { result }),
  });
}

/** An operator of one input whose attributes go into the node. */
function parametric(
  kernel: string,
  lower: (values: (name: string) => number) => { operator: string; attributes: Attributes },
): Operator {
  return {
    kernel,
    infer: (node) => [{ shape: input(node, 'x').shape, dtype: input(node, 'x').dtype }],
    lower: (node, lowering) => {
      const { operator, attributes } = lower((name) => numberOf(node, name));
      return [
        lowerElementwise(lowering, [input(node, 'x')], (names) =>
          lowering.builder.add(operator, names, attributes),
        ),
      ];
    },
  };
}

const square = elementwise({
  kernel: 'Square',
  inputs: ['x'],
  combine: ({ builder }, [x = '']) => builder.add('Mul', [x, x]),
});

const rsqrt = elementwise({
  kernel: 'Rsqrt',
  inputs: ['x'],
  combine: ({ builder }, names) => builder.add('Reciprocal', [builder.add('Sqrt', names)]),
});

const squaredDifference = elementwise({
  kernel: 'SquaredDifference',
  inputs: ['a', 'b'],
  combine: ({ builder }, names) => {
    const difference = builder.add('Sub', names);
    return builder.add('Mul', [difference, difference]);
  },
});

/** Rounds towards −∞; ONNX's integer division rounds towards 0, so through float, exact below 2^24. */
const floorDiv = elementwise({
  kernel: 'FloorDiv',
  inputs: ['a', 'b'],
  combine: ({ builder }, names) => {
    const [a = '', b = ''] = names.map((name) => builder.add('Cast', [name], { to: { int: 1 } }));
    const quotient = builder.add('Floor', [builder.add('Div', [a, b])]);
    return builder.add('Cast', [quotient], { to: { int: 6 } });
  },
  result: 'int32',
});

const notEqual = elementwise({
  kernel: 'NotEqual',
  inputs: ['a', 'b'],
  combine: ({ builder }, names) => builder.add('Not', [builder.add('Equal', names)]),
  result: 'bool',
});

const prelu = elementwise({
  kernel: 'Prelu',
  inputs: ['x', 'alpha'],
  combine: ({ builder }, names) => builder.add('PRelu', names),
});

const select = elementwise({
  kernel: 'Select',
  inputs: ['condition', 't', 'e'],
  combine: ({ builder }, names) => builder.add('Where', names),
});

const clip: Operator = {
  kernel: 'ClipByValue',
  infer: (node) => [{ shape: input(node, 'x').shape, dtype: input(node, 'x').dtype }],
  lower: (node, lowering) => {
    const { builder } = lowering;
    const limits = [numberOf(node, 'clipValueMin'), numberOf(node, 'clipValueMax')];
    const names = limits.map((limit) => builder.scalar(limit));
    return [lowerElementwise(lowering, [input(node, 'x')], ([x = '']) => builder.add('Clip', [x, ...names]))];
  },
};

const relu6: Operator = elementwise({
  kernel: 'Relu6',
  inputs: ['x'],
  combine: ({ builder }, names) => builder.add('Clip', [...names, builder.scalar(0), builder.scalar(6)]),
});

/** Functions of each value. */
export const arithmeticOperators: readonly Operator[] = [
  ...Object.entries(unaryOperators).map(([kernel, operator]) => unary(kernel, operator)),
  ...Object.entries(binaryOperators).map(([kernel, operator]) => binary(kernel, operator)),
  ...Object.entries(comparisons).map(([kernel, operator]) => binary(kernel, operator, 'bool')),
  elementwise({
    kernel: 'LogicalNot',
    inputs: ['x'],
    combine: ({ builder }, names) => builder.add('Not', names),
    result: 'bool',
  }),
  square,
  rsqrt,
  squaredDifference,
  floorDiv,
  notEqual,
  prelu,
  select,
  clip,
  relu6,
  parametric('LeakyRelu', (value) => ({
    operator: 'LeakyRelu',
    attributes: { alpha: { float: value('alpha') } },
  })),
  parametric('DiffIRLeakyRelu', (value) => ({
    operator: 'LeakyRelu',
    attributes: { alpha: { float: value('slope') } },
  })),
];
