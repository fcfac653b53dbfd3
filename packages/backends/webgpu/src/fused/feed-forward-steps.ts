import { depthwiseStep } from './depthwise-step';
import { type FusedStep, roundUp } from './fused-step';
import type { FusionTraits } from './fusion-traits';
import type { HalfBlockSizes } from './half-block-sizes';
import { prepareStep } from './prepare-step';
import { productStep } from './product-step';

export interface FeedForwardBlockSizes extends HalfBlockSizes {
  /** Channels of the gate and of the value. */
  readonly hidden: number;
}

/** The dispatches of `x + GDFN(LN(x), z)`. */
export interface FeedForwardSteps {
  readonly prepare: FusedStep;
  /** LN, modulation and the two 1×1 convolutions. */
  readonly expand: FusedStep;
  /** The depthwise convolutions and gelu(gate)·value. */
  readonly gate: FusedStep;
  /** The 1×1 convolution back, plus x. */
  readonly project: FusedStep;
}

const PARTS = 2;

/** Plans the dispatches of a block's feed-forward network. */
export function feedForwardSteps(sizes: FeedForwardBlockSizes, { half }: FusionTraits): FeedForwardSteps {
  const { images, height, width, channels, hidden, biases } = sizes;
  const pixels = height * width;
  const partStride = roundUp(hidden, 4);
  return {
    prepare: prepareStep({ ...sizes, pixels, normBias: biases.norm }),
    expand: productStep({
      name: 'normalizedExpansion',
      batch: images,
      rows: pixels,
      terms: channels,
      columns: hidden,
      parts: PARTS,
      partStride,
      prepared: { images },
      bias: biases.pointwise ? 'parts' : 'none',
      half,
    }),
    gate: depthwiseStep({
      images,
      height,
      width,
      channels: hidden,
      partStride,
      parts: PARTS,
      bias: biases.depthwise,
      gated: true,
    }),
    project: productStep({
      name: 'projection',
      batch: images,
      rows: pixels,
      terms: hidden,
      stride: partStride,
      columns: channels,
      residual: true,
      bias: biases.projection ? 'joined' : 'none',
      half,
    }),
  };
}
