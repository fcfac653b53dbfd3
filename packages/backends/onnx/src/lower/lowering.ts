import type { Span } from '@diffir/core';
import { onnxTypes } from '../model-file/onnx-model';
import type { TracedType, TracedValue } from '../trace/traced-graph';
import type { BandPlan } from './band-plan';
import type { ChannelCount } from './channel-padding';
import { type ConstantView, constantView, contiguous, transposeView } from './constant-view';
import { type Form, plain, planar } from './form';
import type { GraphBuilder } from './graph-builder';
import { allRows, type Rows, recomputedRows } from './rows';

/** From `[N,H,W,C]` to `[N,C,H,W]`. */
const TO_PLANAR = [0, 3, 1, 2] as const;
/** From `[N,C,H,W]` to `[N,H,W,C]`. */
const TO_PLAIN = [0, 2, 3, 1] as const;

/** Which operators a graph may use: ONNX's own alone, or those that onnxruntime adds too. */
export type Dialect = 'onnx' | 'onnxruntime';

/** What operators put their nodes into. */
export interface Lowering {
  readonly builder: GraphBuilder;
  /** Whether height and width may differ at run time from those of the trace; bands are whole images then. */
  readonly dynamic: boolean;
  readonly bands: BandPlan;
  readonly dialect: Dialect;
  /** Channels that an image has in the graph. */
  readonly channels: ChannelCount;
  form(value: TracedValue): Form;
  /** Name of a value in the order that TensorFlow.js code sees. */
  plain(value: TracedValue): string;
  /** An image value as `[N,C,H,W]`, band by band. */
  planar(value: TracedValue): Rows;
  /** What is computed from these values in one way that several operators share, computed once. */
  shared(values: readonly TracedValue[], compute: () => Rows): Rows;
}

/** Lowers an operator's node: finds its forms. */
type LowerNode = (value: TracedValue, lowering: Lowering) => Form;

export interface LoweringOptions {
  readonly builder: GraphBuilder;
  readonly bands: BandPlan;
  readonly dynamic: boolean;
  readonly dialect: Dialect;
  readonly channels: ChannelCount;
  readonly lowerValue: LowerNode;
}

/** A lowering that asks for each value's form once, and for each layout of it once. */
export function createLowering({
  builder,
  bands,
  dynamic,
  dialect,
  channels,
  lowerValue,
}: LoweringOptions): Lowering {
  const forms = new Map<TracedValue, Form>();
  const converted = new Map<TracedValue, Form>();
  const numbers = new Map<TracedValue, number>();
  const sharedRows = new Map<string, Rows>();

  function numberOf(value: TracedValue): number {
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  }

  function convert(value: TracedValue, layout: Form['layout'], compute: () => Form): Form {
    const form = lowering.form(value);
    if (form.layout === layout) return form;
    const known = converted.get(value) ?? compute();
    converted.set(value, known);
    return known;
  }

  const lowering: Lowering = {
    builder,
    dynamic,
    dialect,
    channels,
    bands,
    form(value) {
      const known = forms.get(value) ?? lowerValue(value, lowering);
      forms.set(value, known);
      return known;
    },
    plain(value) {
      const form = convert(value, 'plain', () => {
        const original = lowering.form(value);
        return plain(() =>
          original.layout === 'plain'
            ? original.name()
            : transpose(builder, allRows(original.rows), TO_PLAIN),
        );
      });
      return form.layout === 'plain' ? form.name() : allRows(form.rows);
    },
    planar(value) {
      const form = convert(value, 'planar', () => planar(planarRows(value, lowering)));
      if (form.layout === 'planar') return form.rows;
      return planarRows(value, lowering);
    },
    shared(values, compute) {
      const key = values.map(numberOf).join();
      const rows = sharedRows.get(key) ?? compute();
      sharedRows.set(key, rows);
      return rows;
    },
  };
  return lowering;
}

function planarRows(value: TracedValue, lowering: Lowering): Rows {
  const { builder } = lowering;
  const [, height = 1] = value.shape;
  const constant = constantView(value);
  if (constant !== undefined) {
    const view = transposeView(constant, TO_PLANAR);
    const name = constantName(builder, { ...view, dtype: value.dtype });
    return recomputedRows(height, (rows) => sliceOfWhole(builder, { name, height, axis: 2 }, rows));
  }
  return recomputedRows(height, (rows) => {
    const part = sliceOfWhole(builder, { name: lowering.plain(value), height, axis: 1 }, rows);
    return transpose(builder, part, TO_PLANAR);
  });
}

interface Whole {
  readonly name: string;
  readonly height: number;
  readonly axis: number;
}

function sliceOfWhole(builder: GraphBuilder, { name, height, axis }: Whole, { start, size }: Span): string {
  if (size === height) return name;
  return builder.add('Slice', [
    name,
    builder.integers([start]),
    builder.integers([start + size]),
    builder.integers([axis]),
  ]);
}

/** Rows of an image as `[N,H,W,C]`. */
export function interleaved(image: Rows, rows: Span, { builder }: Lowering): string {
  return image.interleavedAt?.(rows) ?? transpose(builder, image.at(rows), TO_PLAIN);
}

export function transpose(builder: GraphBuilder, name: string, perm: readonly number[]): string {
  return builder.add('Transpose', [name], { perm: { ints: perm } });
}

export function reshape(builder: GraphBuilder, name: string, shape: readonly number[]): string {
  return builder.add('Reshape', [name, builder.integers(shape)]);
}

/** A constant as an initializer. */
export function constantName(
  builder: GraphBuilder,
  { dtype, ...view }: ConstantView & { readonly dtype: TracedType },
): string {
  return dtype === 'float32' ? builder.weights(view) : builder.constant(dtype, view.shape, contiguous(view));
}

/** Number of a type in ONNX files. */
export function onnxTypeNumber(dtype: TracedType): number {
  return onnxTypes[dtype];
}
