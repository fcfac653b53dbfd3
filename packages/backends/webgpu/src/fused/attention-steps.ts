import { depthwiseStep } from './depthwise-step';
import { type FusedStep, roundUp } from './fused-step';
import type { FusionTraits } from './fusion-traits';
import { type AttentionSizes, gramPlan, gramStep } from './gram-step';
import type { HalfBlockSizes } from './half-block-sizes';
import { joinStep } from './join-step';
import { prepareStep } from './prepare-step';
import { productStep } from './product-step';
import { softmaxStep } from './softmax-step';

export interface AttentionBlockSizes extends HalfBlockSizes {
  readonly heads: number;
}

/** The dispatches of `x + MDTA(LN(x), z)`. */
export interface AttentionSteps {
  readonly prepare: FusedStep;
  /** The biases of q, k and v, which are one binding too many apart. */
  readonly join: FusedStep | undefined;
  /** LN, modulation and the three 1×1 convolutions. */
  readonly project: FusedStep;
  readonly convolve: FusedStep;
  readonly gram: FusedStep;
  readonly softmax: FusedStep;
  /** Attention times projection: one small matrix for each image (core's `channelAttention`). */
  readonly fold: FusedStep;
  /** v times that matrix, plus x. */
  readonly apply: FusedStep;
}

const PARTS = 3;

/** Plans the dispatches of a block's attention. */
export function attentionSteps(
  sizes: AttentionBlockSizes,
  { reduction, half }: FusionTraits,
): AttentionSteps {
  const { images, height, width, channels, heads, biases } = sizes;
  const pixels = height * width;
  const partStride = roundUp(channels, 4);
  const attention: AttentionSizes = {
    images,
    pixels,
    channels,
    heads,
    stride: PARTS * partStride,
    keyOffset: partStride,
  };
  const perHead = gramPlan(attention).width;
  return {
    prepare: prepareStep({ ...sizes, pixels, normBias: biases.norm }),
    join: biases.pointwise ? joinStep(PARTS, channels) : undefined,
    project: productStep({
      name: 'normalizedProjection',
      batch: images,
      rows: pixels,
      terms: channels,
      columns: channels,
      parts: PARTS,
      partStride,
      prepared: { images },
      bias: biases.pointwise ? 'joined' : 'none',
      half,
    }),
    convolve: depthwiseStep({
      images,
      height,
      width,
      channels,
      partStride,
      parts: PARTS,
      bias: biases.depthwise,
      gated: false,
    }),
    gram: gramStep(attention),
    softmax: softmaxStep(attention, reduction),
    fold: productStep({
      name: 'foldProjection',
      batch: images * heads,
      rows: perHead,
      terms: perHead,
      columns: channels,
      right: { stride: perHead * channels, count: heads },
    }),
    apply: productStep({
      name: 'applyAttention',
      batch: images,
      rows: pixels,
      terms: channels,
      stride: PARTS * partStride,
      offset: 2 * partStride,
      columns: channels,
      right: { stride: channels * channels, count: images },
      residual: true,
      bias: biases.projection ? 'joined' : 'none',
      half,
    }),
  };
}
