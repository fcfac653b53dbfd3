import type { Span } from '@diffir/core';
import type { GraphBuilder } from './graph-builder';

/**
 * An image value `[N,C,H,W]` that is there band by band: whoever needs some of its rows asks for these,
 * so that a chain of operators over one band stays in the processor's cache.
 */
export interface Rows {
  readonly height: number;
  /** Name of the tensor of these rows, `[N,C,rows.size,W]`. */
  at(rows: Span): string;
  /** Name of these rows as `[N,rows.size,W,C]`, where they lie so and `at` turns them round. */
  interleavedAt?(rows: Span): string;
  /** Adds the nodes of all that will be stored, so that what needs it later is not many calls deep. */
  emit(): void;
}

/** Axis of the rows in `[N,C,H,W]`. */
const PLANAR_AXIS = 2;
/** Axis of the rows in `[N,H,W,C]`. */
const INTERLEAVED_AXIS = 1;

/** A value whose every run of rows is computed anew when asked for: for what costs less than moving it. */
export function recomputedRows(height: number, compute: (rows: Span) => string): Rows {
  const known = new Map<string, string>();
  return {
    height,
    at(rows) {
      const key = `${rows.start}+${rows.size}`;
      const name = known.get(key) ?? compute(rows);
      known.set(key, name);
      return name;
    },
    emit() {},
  };
}

/** A value that is computed band by band, each once; other runs of rows are cut and joined from these. */
export function storedRows(
  builder: GraphBuilder,
  bands: readonly Span[],
  compute: (band: Span) => string,
): Rows {
  return storedAlong(PLANAR_AXIS, { builder, bands, compute });
}

/**
 * A value whose bands are stored as `[N,H,W,C]`: what works on pixels needs no transposition then. Every use
 * of it as `[N,C,H,W]` has one of its own, since onnxruntime makes such a transposition part of its blocked
 * convolution's input, but only if nothing else looks at it.
 */
export function interleavedRows(
  builder: GraphBuilder,
  bands: readonly Span[],
  compute: (band: Span) => string,
): Rows {
  const { height, at, emit } = storedAlong(INTERLEAVED_AXIS, { builder, bands, compute });
  return {
    height,
    interleavedAt: at,
    at: (rows) => builder.add('Transpose', [at(rows)], { perm: { ints: [0, 3, 1, 2] } }),
    emit,
  };
}

interface Storage {
  readonly builder: GraphBuilder;
  readonly bands: readonly Span[];
  readonly compute: (band: Span) => string;
}

function storedAlong(axis: number, { builder, bands, compute }: Storage): Rows {
  const { height, at } = recomputedRows(heightOf(bands), compute);
  const cut = recomputedRows(height, (rows) => {
    const parts = bands.filter((band) => overlapOf(band, rows).size > 0);
    const names = parts.map((band) =>
      sliceRows(builder, { name: at(band), band, axis }, overlapOf(band, rows)),
    );
    const [only] = names;
    return names.length === 1 && only !== undefined
      ? only
      : builder.add('Concat', names, { axis: { int: axis } });
  });
  return { ...cut, emit: () => bands.forEach(at) };
}

/** Rows of a tensor that is there as a whole. */
export function wholeRows(builder: GraphBuilder, height: number, name: () => string): Rows {
  return storedRows(builder, [{ start: 0, size: height }], name);
}

/** All rows as one tensor. */
export function allRows({ height, at }: Pick<Rows, 'height' | 'at'>): string {
  return at({ start: 0, size: height });
}

function heightOf(bands: readonly Span[]): number {
  return bands.reduce((sum, { size }) => sum + size, 0);
}

function overlapOf(a: Span, b: Span): Span {
  const start = Math.max(a.start, b.start);
  return { start, size: Math.min(a.start + a.size, b.start + b.size) - start };
}

interface StoredBand {
  readonly name: string;
  readonly band: Span;
  readonly axis: number;
}

function sliceRows(builder: GraphBuilder, { name, band, axis }: StoredBand, wanted: Span): string {
  if (wanted.start === band.start && wanted.size === band.size) return name;
  const from = wanted.start - band.start;
  return builder.add('Slice', [
    name,
    builder.integers([from]),
    builder.integers([from + wanted.size]),
    builder.integers([axis]),
  ]);
}
