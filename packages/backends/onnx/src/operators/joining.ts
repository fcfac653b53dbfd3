import { type Form, plain, planar } from '../lower/form';
import type { Lowering } from '../lower/lowering';
import { storedRows } from '../lower/rows';
import { sizeOf, type TracedNode, type TracedValue } from '../trace/traced-graph';
import { input, inputsOf, numberOf, numbersOf, unsupported } from './attributes';
import type { Operator } from './operator';
import { ofType } from './value-types';

const CHANNEL_AXIS = 3;

const concat: Operator = {
  kernel: 'Concat',
  infer: (node) => {
    const values = inputsOf(node);
    const [first] = values;
    if (first === undefined) throw unsupported(node, 'no inputs');
    const axis = axisOf(node, first);
    const length = values.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
    return ofType(first, withLength(first.shape, axis, length));
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
  infer: (node) => ofType(input(node, 'x'), sliceOf(node).size),
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

/** Operators that join values or take parts of them. */
export const joiningOperators: readonly Operator[] = [concat, slice, split];
