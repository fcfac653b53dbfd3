import type { Span } from '@diffir/core';
import { backend_util } from '@tensorflow/tfjs-core';
import { constantView, padView, reshapeView, transposeView } from '../lower/constant-view';
import { type Form, planar } from '../lower/form';
import { constantName, type Lowering, reshape, transpose } from '../lower/lowering';
import { allRows, type Rows, recomputedRows, storedRows, wholeRows } from '../lower/rows';
import type { TracedNode, TracedValue } from '../trace/traced-graph';
import { activate } from './activation';
import { input, numbersOf, pairsOf, stringOf, unsupported } from './attributes';
import type { Operator } from './operator';
import { channelBias } from './products';

type Geometry = ReturnType<typeof backend_util.computeConv2DInfo>;
type Pad = Parameters<typeof backend_util.computeConv2DInfo>[4];

/** A convolution of images, of all channels or of each. */
function convolutionOperator(kernel: string, kind: 'full' | 'depthwise'): Operator {
  return {
    kernel,
    infer: (node) => [{ shape: geometryOf(node, kind).outShape, dtype: 'float32' }],
    lower: (node, lowering) => [lowerConvolution(node, kind, lowering)],
  };
}

function geometryOf(node: TracedNode, kind: 'full' | 'depthwise'): Geometry {
  if (stringOf(node, 'dataFormat', 'NHWC') !== 'NHWC') throw unsupported(node, 'channels first');
  return backend_util.computeConv2DInfo(
    shape4(input(node, 'x')),
    shape4(input(node, 'filter')),
    pairOf(node, 'strides'),
    pairOf(node, 'dilations'),
    padOf(node),
    undefined,
    kind === 'depthwise',
  );
}

function shape4({ shape }: TracedValue): [number, number, number, number] {
  const [n = 1, h = 1, w = 1, c = 1] = shape;
  return [n, h, w, c];
}

function pairOf(node: TracedNode, name: string): [number, number] {
  if (node.attributes[name] === undefined || node.attributes[name] === null) return [1, 1];
  const [first = 1, second = first] = numbersOf(node, name);
  return [first, second];
}

function padOf(node: TracedNode): Pad {
  const { pad } = node.attributes;
  if (pad === 'same' || pad === 'valid' || typeof pad === 'number') return pad;
  const [, rows, columns] = pairsOf(node, 'pad');
  if (rows === undefined || columns === undefined) throw unsupported(node, `padding ${String(pad)}`);
  return [[0, 0], [...rows], [...columns], [0, 0]];
}

function lowerConvolution(node: TracedNode, kind: 'full' | 'depthwise', lowering: Lowering): Form {
  const geometry = geometryOf(node, kind);
  const image = lowering.planar(input(node, 'x'));
  const channels = kind === 'depthwise' ? lowering.channels(input(node, 'x')) : geometry.inChannels;
  const weight = filterName(input(node, 'filter'), { kind, channels }, lowering);
  const { bias } = node.inputs;
  // Channels may have been appended; multiplied first, since the quotient need not be whole.
  const outputs = (channels * geometry.outChannels) / geometry.inChannels;
  const rest = bias === undefined ? [weight] : [weight, channelBias(bias, outputs, lowering)];
  const convolve = (x: string, pads: readonly number[]) =>
    activate(
      node,
      lowering,
      lowering.builder.add('Conv', [x, ...rest], {
        kernel_shape: { ints: [geometry.filterHeight, geometry.filterWidth] },
        pads: { ints: pads },
        ...(kind === 'depthwise' && { group: { int: channels } }),
        ...(geometry.strideHeight * geometry.strideWidth > 1 && {
          strides: { ints: [geometry.strideHeight, geometry.strideWidth] },
        }),
        ...(geometry.dilationHeight * geometry.dilationWidth > 1 && {
          dilations: { ints: [geometry.dilationHeight, geometry.dilationWidth] },
        }),
      }),
    );
  return planar(convolveRows(geometry, image, convolve, lowering));
}

/** Rows of a convolution: from a band and the rows around it where its geometry allows. */
function convolveRows(
  geometry: Geometry,
  image: Rows,
  convolve: (x: string, pads: readonly number[]) => string,
  { builder, bands }: Lowering,
): Rows {
  const { outHeight, outWidth, padInfo } = geometry;
  const { top, bottom, left, right } = padInfo;
  if (geometry.strideHeight !== 1 || outHeight !== image.height) {
    return wholeRows(builder, outHeight, () => convolve(allRows(image), [top, left, bottom, right]));
  }
  const compute = (rows: Span) => {
    const first = Math.max(0, rows.start - top);
    const end = Math.min(image.height, rows.start + rows.size + bottom);
    const missing = [first - (rows.start - top), rows.start + rows.size + bottom - end];
    return convolve(image.at({ start: first, size: end - first }), [
      missing[0] ?? 0,
      left,
      missing[1] ?? 0,
      right,
    ]);
  };
  // A 1×1 convolution is cheaper done again for the rows around a band than stored, cut and joined.
  return geometry.filterHeight === 1
    ? recomputedRows(outHeight, compute)
    : storedRows(builder, bands(outHeight, outWidth), compute);
}

interface FilterUse {
  readonly kind: 'full' | 'depthwise';
  /** Input channels in the graph; beyond the filter's own they are zero. */
  readonly channels: number;
}

/** From `[kH,kW,I,O]` to `[O,I,kH,kW]`, for depthwise ones from `[kH,kW,C,M]` to `[C·M,1,kH,kW]`. */
function filterName(filter: TracedValue, { kind, channels }: FilterUse, lowering: Lowering): string {
  const [height, width, inputs, outputs] = shape4(filter);
  const perm = kind === 'full' ? [3, 2, 0, 1] : [2, 3, 0, 1];
  const shape = kind === 'full' ? [outputs, inputs, height, width] : [inputs * outputs, 1, height, width];
  const constant = constantView(filter);
  if (constant !== undefined) {
    const own = reshapeView(transposeView(constant, perm), shape);
    const view = kind === 'depthwise' ? padView(own, [channels * outputs, 1, height, width]) : own;
    return constantName(lowering.builder, { ...view, dtype: 'float32' });
  }
  return reshape(lowering.builder, transpose(lowering.builder, lowering.plain(filter), perm), shape);
}

/** Convolutions. */
export const convolutionOperators: readonly Operator[] = [
  convolutionOperator('Conv2D', 'full'),
  convolutionOperator('FusedConv2D', 'full'),
  convolutionOperator('DepthwiseConv2dNative', 'depthwise'),
  convolutionOperator('FusedDepthwiseConv2D', 'depthwise'),
];
