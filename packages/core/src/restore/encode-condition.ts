import {
  add,
  div,
  matMul,
  ones,
  reshape,
  slice,
  type Tensor2D,
  type Tensor4D,
  tidy,
  zeros,
} from '@tensorflow/tfjs';
import type { PiecewiseEncoder, PriorEncoder } from '../prior/prior';
import type { PixelSize, Region } from './image-region';
import { planPieces } from './tile-plan';

/** What encoding a whole picture needs to know of it. */
export interface EncodeOptions {
  /** Size of the network's padded input. */
  readonly size: PixelSize;
  /** Most input pixels along the side of a piece, a multiple of `cell`. */
  readonly piece: number;
  /** The network's input over a region, `[1,h,w,C]`; called inside a tidy. */
  readonly inputOf: (region: Region) => Tensor4D;
  /** Runs one synchronous piece of tensor code and keeps its result. */
  readonly run: <T extends Tensor2D>(compute: () => T) => T;
  /** Lets the world in between two pieces; throws to stop. */
  readonly pause: () => Promise<void>;
}

/**
 * The prior's condition for a whole picture, `[1,size]`. Where the picture is larger than a piece, its
 * features are averaged piece by piece, each with as much surroundings as its features depend on: the
 * result is that of the whole picture up to rounding, in bounded memory.
 */
export async function encodeCondition(encoder: PriorEncoder, options: EncodeOptions): Promise<Tensor2D> {
  const { size, piece, inputOf, run } = options;
  const whole = { rows: { start: 0, size: size.height }, columns: { start: 0, size: size.width } };
  const { pieces } = encoder;
  if (pieces === undefined || (size.height <= piece && size.width <= piece)) {
    return run(() => encoder.encode(inputOf(whole)));
  }
  return encodeInPieces(pieces, options);
}

async function encodeInPieces(pieces: PiecewiseEncoder, options: EncodeOptions): Promise<Tensor2D> {
  const { size, piece, inputOf, run, pause } = options;
  let total: Tensor2D | undefined;
  for (const rows of planPieces(size.height, piece)) {
    for (const columns of planPieces(size.width, piece)) {
      await pause();
      const before: Tensor2D | undefined = total;
      total = run(() => {
        const sum = sumOfFeatures(pieces, { rows, columns }, { size, inputOf });
        return before === undefined ? sum : add(before, sum);
      });
      before?.dispose();
    }
  }
  const cells = (size.height * size.width) / pieces.cell ** 2;
  const sum = total ?? run(() => zeros([1, 1]));
  const condition = run(() => pieces.finish(div(sum, cells)));
  sum.dispose();
  return condition;
}

/** Sum of the features over one piece's own cells, `[1,F]`. */
function sumOfFeatures(
  { cell, radius, features }: PiecewiseEncoder,
  piece: Region,
  { size, inputOf }: Pick<EncodeOptions, 'size' | 'inputOf'>,
): Tensor2D {
  const rows = widen(piece.rows, radius * cell, size.height);
  const columns = widen(piece.columns, radius * cell, size.width);
  const all = tidy(() => features(inputOf({ rows, columns })));
  const begin = [0, (piece.rows.start - rows.start) / cell, (piece.columns.start - columns.start) / cell, 0];
  const own = slice(all, begin, [1, piece.rows.size / cell, piece.columns.size / cell, -1]);
  const [, h, w, channels] = own.shape;
  const cells: Tensor2D = reshape(own, [h * w, channels]);
  return matMul(ones([1, h * w]), cells);
}

/** A span with up to `margin` more on either side, inside the picture. */
function widen({ start, size }: Region['rows'], margin: number, length: number): Region['rows'] {
  const first = Math.max(0, start - margin);
  return { start: first, size: Math.min(length, start + size + margin) - first };
}
