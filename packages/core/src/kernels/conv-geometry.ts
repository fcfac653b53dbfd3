import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core';

type Shape4D = [number, number, number, number];
type Padding = Parameters<typeof backend_util.computeConv2DInfo>[4];
type Rounding = Parameters<typeof backend_util.computeConv2DInfo>[5];

/** Where a convolution's taps fall: its padding, strides and sizes. */
export type ConvGeometry = ReturnType<typeof backend_util.computeConv2DInfo>;

/** What a convolution's gradient kernel says about the convolution, besides its tensors. */
interface ConvShapes {
  /** `[N,H,W,I]` of the convolution's input. */
  readonly input: readonly number[];
  /** `[kH,kW,I,O]`, or `[kH,kW,C,multiplier]` of a depthwise convolution. */
  readonly filter: readonly number[];
}

/** The geometry of a convolution from the attributes that TensorFlow.js hands to its gradient kernels. */
export function convGeometry(
  { input, filter }: ConvShapes,
  attributes: NamedAttrMap,
  kind: 'full' | 'depthwise',
): ConvGeometry {
  return backend_util.computeConv2DInfo(
    shape4D(input),
    shape4D(filter),
    attributes.strides as number | [number, number],
    (attributes.dilations as number | [number, number] | undefined) ?? 1,
    attributes.pad as Padding,
    attributes.dimRoundingMode as Rounding,
    kind === 'depthwise',
  );
}

function shape4D([a = 1, b = 1, c = 1, d = 1]: readonly number[]): Shape4D {
  return [a, b, c, d];
}
