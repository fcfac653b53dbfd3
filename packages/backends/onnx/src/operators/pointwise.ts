import { planar } from '../lower/form';
import type { Lowering } from '../lower/lowering';
import { type Rows, recomputedRows } from '../lower/rows';
import type { TracedNode, TracedValue } from '../trace/traced-graph';
import { input } from './attributes';
import { modulated, normalizedAndModulated } from './normalization';
import type { Operator } from './operator';
import { channelBias, pointwiseWeight } from './products';

const pointwiseConv: Operator = {
  kernel: 'DiffIRPointwiseConv',
  infer: pointwiseType,
  lower: (node, lowering, result) => [
    planar(pointwise({ node, result, image: lowering.planar(input(node, 'x')) }, lowering)),
  ],
};

const modulatedPointwiseConv: Operator = {
  kernel: 'DiffIRModulatedPointwiseConv',
  infer: pointwiseType,
  lower: (node, lowering, result) => [
    planar(pointwise({ node, result, image: sharedModulation(node, lowering) }, lowering)),
  ],
};

function pointwiseType(node: TracedNode) {
  const [n = 1, h = 1, w = 1] = input(node, 'x').shape;
  return [{ shape: [n, h, w, input(node, 'weight').shape[1] ?? 1], dtype: 'float32' as const }];
}

interface PointwiseCall {
  readonly node: TracedNode;
  readonly result: TracedValue;
  readonly image: Rows;
}

/** Runs of rows of a 1×1 convolution; done anew for the rows around a band, see `recomputedRows`. */
function pointwise({ node, result, image }: PointwiseCall, lowering: Lowering): Rows {
  const { bias } = node.inputs;
  const size = { inputs: lowering.channels(input(node, 'x')), outputs: lowering.channels(result) };
  const weight = pointwiseWeight(input(node, 'weight'), size, lowering);
  const rest = bias === undefined ? [weight] : [weight, channelBias(bias, size.outputs, lowering)];
  return recomputedRows(image.height, (rows) =>
    lowering.builder.add('Conv', [image.at(rows), ...rest], { kernel_shape: { ints: [1, 1] } }),
  );
}

/**
 * The modulated image, once for all convolutions that share it. The modulation is not folded into the
 * weights here, exact as that is: runtimes lay out constant weights in advance, and only these.
 */
function sharedModulation(node: TracedNode, lowering: Lowering): Rows {
  const [x, scale, shift] = ['x', 'scale', 'shift'].map((name) => input(node, name)) as [
    TracedValue,
    TracedValue,
    TracedValue,
  ];
  return lowering.shared(
    [x, scale, shift],
    () => normalizedAndModulated({ x, scale, shift }, lowering) ?? modulated(node, lowering),
  );
}

/** DiffIR's 1×1 convolutions, see core/ops. */
export const pointwiseOperators: readonly Operator[] = [pointwiseConv, modulatedPointwiseConv];
