import { sizeOf, type TracedArray, type TracedValue } from '../trace/traced-graph';

/** A constant seen through transpositions, reshapings and padding; no value is moved until it is asked for. */
export interface ConstantView {
  /** The constant that is seen. */
  readonly source: TracedArray;
  /** What `values` did to the source; two views of one source with equal steps, shape and strides are the same. */
  readonly steps: string;
  /** What the strides walk through: the source, or what is made of it at every call. */
  readonly values: () => TracedArray;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** An array as it is. */
export function arrayView(source: TracedArray, shape: readonly number[]): ConstantView {
  return { source, steps: '', values: () => source, shape, strides: stridesOf(shape) };
}

/** The constant a value is, or undefined if it depends on an input or on arithmetic. */
export function constantView(value: TracedValue): ConstantView | undefined {
  const { origin, shape } = value;
  if (origin.kind === 'constant') return arrayView(origin.values, shape);
  if (origin.kind === 'input') return undefined;
  const { kernel, inputs, attributes } = origin.node;
  const [source] = Object.values(inputs);
  if (source === undefined) return undefined;
  switch (kernel) {
    case 'Identity':
      return constantView(source);
    case 'Transpose': {
      const view = constantView(source);
      return view && transposeView(view, attributes.perm as readonly number[]);
    }
    case 'Reshape':
    case 'ExpandDims': {
      const view = constantView(source);
      return view && reshapeView(view, shape);
    }
    default:
      return undefined;
  }
}

export function transposeView(view: ConstantView, axes: readonly number[]): ConstantView {
  const pick = (list: readonly number[]) => axes.map((axis) => list[axis] ?? 1);
  return { ...view, shape: pick(view.shape), strides: pick(view.strides) };
}

export function reshapeView(view: ConstantView, shape: readonly number[]): ConstantView {
  return remade(view, { step: '', values: () => contiguous(view), shape });
}

/** A constant with zeros appended along its axes, up to a shape. */
export function padView(view: ConstantView, shape: readonly number[]): ConstantView {
  if (view.shape.every((length, axis) => length === shape[axis])) return view;
  return remade(view, { step: 'pad', values: () => padded(view, shape), shape });
}

interface Remaking {
  readonly step: string;
  readonly values: () => TracedArray;
  readonly shape: readonly number[];
}

/** A view of values that are made of another's, in row-major order. */
function remade(view: ConstantView, { step, values, shape }: Remaking): ConstantView {
  const strides = stridesOf(shape);
  if (step === '' && isContiguous(view.shape, view.strides)) return { ...view, shape, strides };
  return { source: view.source, steps: `${identityOf(view)}${step}`, values, shape, strides };
}

/** What tells views of one source apart. */
export function identityOf({ steps, shape, strides }: ConstantView): string {
  return `${steps};${shape}/${strides}`;
}

function padded(view: ConstantView, shape: readonly number[]): TracedArray {
  const source = contiguous(view);
  const values = new Float32Array(sizeOf(shape));
  const rowLength = view.shape[view.shape.length - 1] ?? 1;
  const strides = stridesOf(shape);
  const sourceStrides = stridesOf(view.shape);
  for (let from = 0; from < source.length; from += rowLength) {
    const to = view.shape.slice(0, -1).reduce((sum, length, axis) => {
      const index = Math.floor(from / (sourceStrides[axis] ?? 1)) % length;
      return sum + index * (strides[axis] ?? 1);
    }, 0);
    values.set(source.subarray(from, from + rowLength), to);
  }
  return values;
}

/** The values in row-major order; the array itself where it is so already. */
export function contiguous(view: ConstantView): TracedArray {
  const { shape, strides } = view;
  const values = view.values();
  if (isContiguous(shape, strides)) return values;
  const result = new (values.constructor as Float32ArrayConstructor)(sizeOf(shape));
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      from += stride;
      if (next < (shape[axis] ?? 1)) {
        index[axis] = next;
        break;
      }
      from -= stride * next;
      index[axis] = 0;
    }
  }
  return result;
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  const expected = stridesOf(shape);
  return shape.every((length, axis) => length === 1 || strides[axis] === expected[axis]);
}

function stridesOf(shape: readonly number[]): readonly number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
}
