import type { Span } from '@diffir/core';
import { planar } from '../lower/form';
import { type Lowering, reshape, transpose } from '../lower/lowering';
import { type Rows, storedRows } from '../lower/rows';
import type { TracedNode, TracedValue } from '../trace/traced-graph';
import { flagOf, input, numberOf, numbersOf, unsupported } from './attributes';
import type { Operator } from './operator';

const pixelShuffle: Operator = {
  kernel: 'DiffIRPixelShuffle',
  infer: (node) => {
    const [n = 1, h = 1, w = 1, c = 1] = input(node, 'x').shape;
    const r = numberOf(node, 'factor');
    return [{ shape: [n, h * r, w * r, c / (r * r)], dtype: 'float32' }];
  },
  lower: (node, lowering) => {
    const { builder } = lowering;
    const x = input(node, 'x');
    const factor = numberOf(node, 'factor');
    const [, height = 1, width = 1] = x.shape;
    const rows = enlargedRows({ image: lowering.planar(x), width, height, factor }, lowering, (name, rows) =>
      lowering.dialect === 'onnxruntime'
        ? shuffle(name, { x, factor, rows }, lowering)
        : builder.add('DepthToSpace', [name], { blocksize: { int: factor }, mode: { string: 'CRD' } }),
    );
    return [planar(rows)];
  },
};

/**
 * A pixel shuffle in two steps, columns and then rows: onnxruntime has fast transpositions, on several
 * threads, for one axis that moves, but not for DepthToSpace.
 */
function shuffle(name: string, { x, factor: r, rows }: Shuffle, { builder }: Lowering): string {
  const [n = 1, , width = 1, c = 1] = x.shape;
  const channels = c / (r * r);
  const columns = reshape(builder, name, [n * channels * r, r, rows * width]);
  const widened = reshape(builder, transpose(builder, columns, [0, 2, 1]), [
    n * channels,
    r,
    rows,
    width * r,
  ]);
  return reshape(builder, transpose(builder, widened, [0, 2, 1, 3]), [n, channels, rows * r, width * r]);
}

interface Shuffle {
  readonly x: TracedValue;
  readonly factor: number;
  /** Rows of the image whose blocks of pixels are few and large. */
  readonly rows: number;
}

interface Enlargement {
  readonly image: Rows;
  readonly height: number;
  readonly width: number;
  readonly factor: number;
}

/** Rows of an image `factor` times as large, made of the rows they come from. */
function enlargedRows(
  { image, height, width, factor }: Enlargement,
  { builder, bands }: Lowering,
  enlarge: (name: string, rows: number) => string,
): Rows {
  const planned = bands(height * factor, width * factor);
  const fits = planned.every(({ start, size }) => start % factor === 0 && size % factor === 0);
  const whole: readonly Span[] = [{ start: 0, size: height * factor }];
  return storedRows(builder, fits ? planned : whole, ({ start, size }) =>
    enlarge(image.at({ start: start / factor, size: size / factor }), size / factor),
  );
}

const pixelUnshuffle: Operator = {
  kernel: 'DiffIRPixelUnshuffle',
  infer: (node) => {
    const [n = 1, h = 1, w = 1, c = 1] = input(node, 'x').shape;
    const r = numberOf(node, 'factor');
    return [{ shape: [n, h / r, w / r, c * r * r], dtype: 'float32' }];
  },
  lower: (node, lowering) => {
    const x = input(node, 'x');
    const factor = numberOf(node, 'factor');
    const [, height = 1, width = 1] = x.shape;
    const image = lowering.planar(x);
    const bands = lowering.bands(height / factor, width / factor);
    return [
      planar(
        storedRows(lowering.builder, bands, ({ start, size }) =>
          unshuffle(
            image.at({ start: start * factor, size: size * factor }),
            { x, factor, rows: size },
            lowering,
          ),
        ),
      ),
    ];
  },
};

/**
 * SpaceToDepth of ONNX puts the place within a block before the channel; a block's rows and columns are
 * taken apart by a transposition instead, or where sizes are unknown by reordering channels.
 */
function unshuffle(name: string, { x, factor: r, rows }: Shuffle, { builder, dynamic }: Lowering): string {
  const [n = 1, , width = 1, channels = 1] = x.shape;
  if (dynamic) {
    const blocks = builder.add('SpaceToDepth', [name], { blocksize: { int: r } });
    const order = Array.from({ length: channels * r * r }, (_, to) => {
      const [channel, place] = [Math.floor(to / (r * r)), to % (r * r)];
      return place * channels + channel;
    });
    return builder.add('Gather', [blocks, builder.integers(order)], { axis: { int: 1 } });
  }
  const split = reshape(builder, name, [n, channels, rows, r, width / r, r]);
  return reshape(builder, transpose(builder, split, [0, 1, 3, 5, 2, 4]), [
    n,
    channels * r * r,
    rows,
    width / r,
  ]);
}

const nearest: Operator = {
  kernel: 'ResizeNearestNeighbor',
  infer: (node) => {
    const [n = 1, , , c = 1] = input(node, 'images').shape;
    const [height = 1, width = 1] = numbersOf(node, 'size');
    return [{ shape: [n, height, width, c], dtype: 'float32' }];
  },
  lower: (node, lowering) => {
    const x = input(node, 'images');
    const [, height = 1, width = 1] = x.shape;
    const factor = (numbersOf(node, 'size')[0] ?? 1) / height;
    assertEnlargement(node, { height, width, factor });
    const { builder } = lowering;
    const scales = builder.constant('float32', [4], Float32Array.of(1, 1, factor, factor));
    const rows = enlargedRows({ image: lowering.planar(x), height, width, factor }, lowering, (name) =>
      builder.add('Resize', [name, '', scales], {
        mode: { string: 'nearest' },
        coordinate_transformation_mode: { string: 'asymmetric' },
        nearest_mode: { string: 'floor' },
      }),
    );
    return [planar(rows)];
  },
};

/** Other resizings round coordinates in ways of their own. */
function assertEnlargement(
  node: TracedNode,
  { height, width, factor }: { readonly height: number; readonly width: number; readonly factor: number },
): void {
  const [toHeight, toWidth] = numbersOf(node, 'size');
  const whole = Number.isInteger(factor) && toHeight === height * factor && toWidth === width * factor;
  if (!whole || flagOf(node, 'alignCorners') || flagOf(node, 'halfPixelCenters')) {
    throw unsupported(node, `size ${toHeight}×${toWidth} from ${height}×${width}`);
  }
}

/** Operators that trade channels or copies for pixels. */
export const resamplingOperators: readonly Operator[] = [pixelShuffle, pixelUnshuffle, nearest];
