import { type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import type { PiecewiseEncoder, PriorEncoder } from '../prior/prior';
import type { PixelSize, Region } from './image-region';
import { inOrder } from './in-order';
import type { NetworkRequest, RegionValues } from './network-request';
import { planPieces, type Span } from './tile-plan';

/** What encoding a whole picture needs to know of it. */
export interface EncodeOptions {
  /** Size of the network's padded input. */
  readonly size: PixelSize;
  /** Most input pixels along the side of a piece, a multiple of `cell`. */
  readonly piece: number;
  /** How many pieces are under way at once. */
  readonly concurrency: number;
  /** The task's inputs over a region. */
  readonly valuesOf: (region: Region) => Promise<RegionValues>;
  /** Has a request answered; throws to stop. */
  readonly run: (request: NetworkRequest) => Promise<Float32Array>;
  /** Runs a small synchronous piece of tensor code and keeps its result. */
  readonly keep: (compute: () => Tensor2D) => Tensor2D;
}

/**
 * The prior's condition for a whole picture, `[1,size]`. Where the picture is larger than a piece, its
 * features are averaged piece by piece, each with as much surroundings as its features depend on: the
 * result is that of the whole picture up to rounding, in bounded memory.
 */
export async function encodeCondition(encoder: PriorEncoder, options: EncodeOptions): Promise<Tensor2D> {
  const { size, piece, valuesOf, run, keep } = options;
  const { pieces } = encoder;
  if (pieces === undefined || (size.height <= piece && size.width <= piece)) {
    const whole = { rows: { start: 0, size: size.height }, columns: { start: 0, size: size.width } };
    const condition = await run({ part: 'condition', inputs: await valuesOf(whole) });
    return keep(() => row(condition));
  }
  const average = await averageFeatures(pieces, options);
  return keep(() => pieces.finish(row(average)));
}

/** The features' average over all cells. Sums in the pieces' order, whichever is done first. */
async function averageFeatures(encoder: PiecewiseEncoder, options: EncodeOptions): Promise<Float32Array> {
  const { size, piece, concurrency, run } = options;
  const pieces = planPieces(size.height, piece).flatMap((rows) =>
    planPieces(size.width, piece).map((columns) => ({ rows, columns })),
  );
  let total = new Float64Array(0);
  const sumOf = async (own: Region) => run(await sumRequest(encoder, own, options));
  for await (const { item: sum } of inOrder(pieces, concurrency, sumOf)) {
    if (total.length === 0) total = new Float64Array(sum.length);
    sum.forEach((value, index) => {
      total[index] = (total[index] ?? 0) + value;
    });
  }
  const cells = (size.height * size.width) / encoder.cell ** 2;
  return Float32Array.from(total, (value) => value / cells);
}

/** Asks for the sum of the features over one piece's own cells. */
async function sumRequest(
  { cell, radius }: PiecewiseEncoder,
  own: Region,
  { size, valuesOf }: Pick<EncodeOptions, 'size' | 'valuesOf'>,
): Promise<NetworkRequest> {
  const rows = widen(own.rows, radius * cell, size.height);
  const columns = widen(own.columns, radius * cell, size.width);
  const inCells = (span: Span, from: Span) => ({
    start: (span.start - from.start) / cell,
    size: span.size / cell,
  });
  return {
    part: 'features',
    inputs: await valuesOf({ rows, columns }),
    cells: { rows: inCells(own.rows, rows), columns: inCells(own.columns, columns) },
  };
}

/** A span with up to `margin` more on either side, inside the picture. */
function widen({ start, size }: Span, margin: number, length: number): Span {
  const first = Math.max(0, start - margin);
  return { start: first, size: Math.min(length, start + size + margin) - first };
}

function row(values: Float32Array): Tensor2D {
  return tensor2d(values, [1, values.length]);
}
