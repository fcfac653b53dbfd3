import { backend_util } from '@tensorflow/tfjs-core';
import { constantView, reshapeView } from '../lower/constant-view';
import { type Form, plain, planar } from '../lower/form';
import { constantName, interleaved, type Lowering, reshape } from '../lower/lowering';
import { interleavedRows, type Rows, storedRows } from '../lower/rows';
import { sizeOf, type TracedType, type TracedValue } from '../trace/traced-graph';
import { input } from './attributes';
import type { Operator } from './operator';

/** Adds the nodes of a function of each value. */
type Combine = (lowering: Lowering, names: readonly string[]) => string;

export interface ElementwiseOptions {
  readonly kernel: string;
  /** Names of the inputs, in order. */
  readonly inputs: readonly string[];
  readonly combine: Combine;
  /** Type of the result; default: that of the last input. */
  readonly result?: TracedType;
}

/** An operator that treats every value alike, with broadcasting. */
export function elementwise({ kernel, inputs, combine, result }: ElementwiseOptions): Operator {
  return {
    kernel,
    infer: (node) => {
      const values = inputs.map((name) => input(node, name));
      const shape = broadcastShape(values);
      return [{ shape, dtype: result ?? values[values.length - 1]?.dtype ?? 'float32' }];
    },
    lower: (node, lowering) => {
      const values = inputs.map((name) => input(node, name));
      return [lowerElementwise(lowering, values, (names) => combine(lowering, names))];
    },
  };
}

function broadcastShape(values: readonly TracedValue[]): readonly number[] {
  return values.reduce<number[]>(
    (shape, value) => backend_util.assertAndGetBroadcastShape(shape, [...value.shape]),
    [],
  );
}

/** Applies nodes to values band by band where an image among them lies so, else at once. */
export function lowerElementwise(
  lowering: Lowering,
  values: readonly TracedValue[],
  combine: (names: readonly string[]) => string,
): Form {
  const shape = broadcastShape(values);
  const [, height = 1, width = 1] = shape;
  const banded = shape.length === 4 && values.some((value) => isPlanarImage(lowering, value));
  if (!banded) return plain(() => combine(values.map((value) => lowering.plain(value))));
  const operands = values.map((value) => planarOperand(lowering, value));
  const bands = lowering.bands(height, width);
  if (
    operands.some((rows) => rows.interleavedAt) &&
    values.every((value) => `${value.shape}` === `${shape}`)
  ) {
    // As the residual stream of a transformer is: its next reader normalises pixels.
    return planar(
      interleavedRows(lowering.builder, bands, (band) =>
        combine(operands.map((rows) => interleaved(rows, band, lowering))),
      ),
    );
  }
  return planar(
    storedRows(lowering.builder, bands, (band) =>
      combine(operands.map((rows) => rows.at(rows.height === height ? band : { start: 0, size: 1 }))),
    ),
  );
}

function isPlanarImage(lowering: Lowering, value: TracedValue): boolean {
  return value.shape.length === 4 && lowering.form(value).layout === 'planar';
}

/** An operand of images as `[N,C,H,W]`: images themselves, and vectors that are broadcast over pixels. */
export function planarOperand(lowering: Lowering, value: TracedValue): Rows {
  const shape = [...Array.from({ length: 4 - value.shape.length }, () => 1), ...value.shape];
  const [n = 1, h = 1, w = 1, c = 1] = shape;
  if (h * w > 1 && value.shape.length === 4) return lowering.planar(value);
  return wholeOperand(lowering, value, [n, h, w, c]);
}

function wholeOperand(lowering: Lowering, value: TracedValue, shape: readonly number[]): Rows {
  const [n = 1, h = 1, w = 1, c = 1] = shape;
  const { builder } = lowering;
  return storedRows(builder, [{ start: 0, size: h }], () => {
    const constant = constantView(value);
    if (constant !== undefined && h * w === 1) {
      return constantName(builder, {
        ...reshapeView(constant, [n, c, 1, 1]),
        dtype: value.dtype,
      });
    }
    if (sizeOf(shape) === 1 || h * w === 1) return reshape(builder, lowering.plain(value), [n, c, 1, 1]);
    const name = reshape(builder, lowering.plain(value), [n, h, w, c]);
    return builder.add('Transpose', [name], { perm: { ints: [0, 3, 1, 2] } });
  });
}
