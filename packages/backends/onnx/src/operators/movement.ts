import { type Form, plain, planar } from '../lower/form';
import { constantName, type Lowering, onnxTypeNumber, reshape, transpose } from '../lower/lowering';
import { storedRows } from '../lower/rows';
import { sizeOf, type TracedNode, type TracedValue, type ValueType } from '../trace/traced-graph';
import { input, inputsOf, numberOf, numbersOf, pairsOf, stringOf, unsupported } from './attributes';
import { lowerElementwise } from './elementwise';
import type { Operator } from './operator';

const CHANNEL_AXIS = 3;

function typed(value: TracedValue, shape: readonly number[]): readonly ValueType[] {
  return [{ shape, dtype: value.dtype }];
}

const reshapeOperator: Operator = {
  kernel: 'Reshape',
  infer: (node) => {
    const x = input(node, 'x');
    return typed(x, shapeOf(node, x));
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
    return typed(x, shape);
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
  infer: (node) => typed(input(node, 'x'), input(node, 'x').shape),
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
    return typed(
      x,
      numbersOf(node, 'perm').map((axis) => x.shape[axis] ?? 1),
    );
  },
  lower: (node, lowering) => [
    plain(() => transpose(lowering.builder, lowering.plain(input(node, 'x')), numbersOf(node, 'perm'))),
  ],
};

const concat: Operator = {
  kernel: 'Concat',
  infer: (node) => {
    const values = inputsOf(node);
    const [first] = values;
    if (first === undefined) throw unsupported(node, 'no inputs');
    const axis = axisOf(node, first);
    const length = values.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
    return typed(first, withLength(first.shape, axis, length));
  },
  lower: (node, lowering) => {
    const { builder } = lowering;
    // Empty tensors are nothing to ONNX runtimes either, but not all of them take them.
    const values = inputsOf(node).filter(({ shape }) => sizeOf(shape) > 0);
    const [first] = values;
    if (first === undefined) throw unsupported(node, 'no inputs');
    const axis = axisOf(node, first);
    const isImage = first.shape.length === 4 && axis === CHANNEL_AXIS;
    if (!isImage || values.every((value) => lowering.form(value).layout === 'plain')) {
      return [
        plain(() =>
          builder.add(
            'Concat',
            values.map((value) => lowering.plain(value)),
            { axis: { int: axis } },
          ),
        ),
      ];
    }
    const [, height = 1, width = 1] = first.shape;
    const images = values.map((value) => lowering.planar(value));
    const rows = storedRows(builder, lowering.bands(height, width), (band) =>
      builder.add(
        'Concat',
        images.map((image) => image.at(band)),
        { axis: { int: 1 } },
      ),
    );
    return [planar(rows)];
  },
};

function axisOf(node: TracedNode, { shape }: TracedValue): number {
  const axis = numberOf(node, 'axis');
  return axis < 0 ? axis + shape.length : axis;
}

const slice: Operator = {
  kernel: 'Slice',
  infer: (node) => typed(input(node, 'x'), sliceOf(node).size),
  lower: (node, lowering) => [lowerSlice(input(node, 'x'), sliceOf(node), lowering)],
};

interface Box {
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

function sliceOf(node: TracedNode): Box {
  const x = input(node, 'x');
  const begin = x.shape.map((_, axis) => numbersOf(node, 'begin')[axis] ?? 0);
  const wanted = numbersOf(node, 'size');
  // −1 means "to the end"; so does a size that is not given.
  const size = x.shape.map((length, axis) => {
    const given = wanted[axis] ?? -1;
    return given < 0 ? length - (begin[axis] ?? 0) : given;
  });
  return { begin, size };
}

function lowerSlice(x: TracedValue, { begin, size }: Box, lowering: Lowering): Form {
  const { builder } = lowering;
  const cut = x.shape.flatMap((length, axis) => (size[axis] === length ? [] : [axis]));
  if (cut.length === 0) return lowering.form(x);
  const bounds = (axes: readonly number[], onnxAxes: readonly number[]) => [
    builder.integers(axes.map((axis) => begin[axis] ?? 0)),
    builder.integers(axes.map((axis) => (begin[axis] ?? 0) + (size[axis] ?? 0))),
    builder.integers(onnxAxes),
  ];
  const onlyChannels = x.shape.length === 4 && cut.length === 1 && cut[0] === CHANNEL_AXIS;
  const form = lowering.form(x);
  if (form.layout === 'planar' && onlyChannels) {
    const [, height = 1, width = 1] = x.shape;
    const bands = lowering.bands(height, width);
    return planar(
      storedRows(builder, bands, (band) => builder.add('Slice', [form.rows.at(band), ...bounds(cut, [1])])),
    );
  }
  return plain(() => builder.add('Slice', [lowering.plain(x), ...bounds(cut, cut)]));
}

const split: Operator = {
  kernel: 'SplitV',
  many: true,
  infer: (node) => {
    const { x, axis, sizes } = splitOf(node);
    return sizes.map((size) => ({ shape: withLength(x.shape, axis, size), dtype: x.dtype }));
  },
  lower: (node, lowering) => {
    const { x, axis, sizes } = splitOf(node);
    let start = 0;
    return sizes.map((size) => {
      const begin = x.shape.map((_, each) => (each === axis ? start : 0));
      start += size;
      return lowerSlice(x, { begin, size: withLength(x.shape, axis, size) }, lowering);
    });
  },
};

function splitOf(node: TracedNode): { x: TracedValue; axis: number; sizes: readonly number[] } {
  const x = input(node, 'x');
  const axis = axisOf(node, x);
  const given = node.attributes.numOrSizeSplits;
  const length = x.shape[axis] ?? 1;
  const sizes =
    typeof given === 'number'
      ? Array.from({ length: given }, () => length / given)
      : numbersOf(node, 'numOrSizeSplits');
  return { x, axis, sizes };
}

function withLength(shape: readonly number[], axis: number, length: number): readonly number[] {
  return shape.map((old, each) => (each === axis ? length : old));
}

const pad: Operator = {
  kernel: 'PadV2',
  infer: (node) => typed(input(node, 'x'), paddedShape(node)),
  lower: (node, lowering) => {
    const { builder } = lowering;
    return [
      plain(() =>
        builder.add('Pad', [
          lowering.plain(input(node, 'x')),
          padsOf(node, lowering),
          builder.scalar(numberOf(node, 'constantValue')),
        ]),
      ),
    ];
  },
};

const mirrorPad: Operator = {
  kernel: 'MirrorPad',
  infer: (node) => typed(input(node, 'x'), paddedShape(node)),
  lower: (node, lowering) => {
    if (stringOf(node, 'mode', '') !== 'reflect') throw unsupported(node, 'symmetric padding');
    const { builder } = lowering;
    return [
      plain(() =>
        builder.add('Pad', [lowering.plain(input(node, 'x')), padsOf(node, lowering)], {
          mode: { string: 'reflect' },
        }),
      ),
    ];
  },
};

function paddedShape(node: TracedNode): readonly number[] {
  const pads = pairsOf(node, 'paddings');
  return input(node, 'x').shape.map(
    (length, axis) => length + (pads[axis]?.[0] ?? 0) + (pads[axis]?.[1] ?? 0),
  );
}

function padsOf(node: TracedNode, { builder }: Lowering): string {
  const pads = pairsOf(node, 'paddings');
  return builder.integers([...pads.map(([before]) => before), ...pads.map(([, after]) => after)]);
}

const tile: Operator = {
  kernel: 'Tile',
  infer: (node) => {
    const reps = numbersOf(node, 'reps');
    const x = input(node, 'x');
    return typed(
      x,
      x.shape.map((length, axis) => length * (reps[axis] ?? 1)),
    );
  },
  lower: (node, lowering) => [
    plain(() =>
      lowering.builder.add('Tile', [
        lowering.plain(input(node, 'x')),
        lowering.builder.integers(numbersOf(node, 'reps')),
      ]),
    ),
  ],
};

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
        values: array,
        shape: [values.length],
        strides: [1],
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
    infer: (node) => typed(input(node, 'x'), input(node, 'x').shape),
    lower: (node, lowering) => [
      lowerElementwise(lowering, [input(node, 'x')], ([x = '']) => {
        const zero = lowering.builder.add('Mul', [x, lowering.builder.scalar(0)]);
        return value === 0 ? zero : lowering.builder.add('Add', [zero, lowering.builder.scalar(value)]);
      }),
    ],
  };
}

/** Operators that move values or make them out of nothing. */
export const movementOperators: readonly Operator[] = [
  reshapeOperator,
  expandDims,
  identity,
  cast,
  transposeOperator,
  concat,
  slice,
  split,
  pad,
  mirrorPad,
  tile,
  fill,
  range,
  likeOperator('ZerosLike', 0),
  likeOperator('OnesLike', 1),
];
