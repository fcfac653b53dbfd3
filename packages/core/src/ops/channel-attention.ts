import {
  expandDims,
  matMul,
  reshape,
  type Tensor1D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { channelAttentionGradient } from '../gradients/channel-attention-gradient';
import { asRows, correlateChannels } from './channel-correlation';
import { kernelNames } from './kernel-names';
import { multiplyImages } from './multiply-with-bias';
import type { PointwiseConvParameters } from './pointwise-conv';
import { runOp } from './run-op';

/** What attends to what; all `[N,H,W,C]`. */
export interface ChannelAttentionInputs {
  readonly q: Tensor4D;
  readonly k: Tensor4D;
  readonly v: Tensor4D;
}

export interface ChannelAttentionParameters {
  /** One learned temperature per head, `[heads]`; its length is the number of heads. */
  readonly temperature: Tensor1D;
  /** The 1×1 convolution that follows the attention. */
  readonly projection: PointwiseConvParameters;
}

/**
 * Attention between channels, then a 1×1 projection: `[N,H,W,C]` to `[N,H,W,O]` (MDTA of Restormer,
 * arXiv 2111.09881 §3.1, as DiffIR uses it). Per head, A = softmax(q̂·k̂ᵀ·temperature) over channels,
 * with q̂, k̂ each channel divided by its norm over all pixels; the result is A·v, projected.
 *
 * Computed as v·M with one small matrix M per image, exact in real arithmetic: the norms divide the
 * C×C product instead of q and k, heads are the diagonal blocks of one C×C softmax, and the
 * projection is multiplied into M. Nothing of full size is split, scaled or projected again.
 */
export function channelAttention(
  { q, k, v }: ChannelAttentionInputs,
  { temperature, projection }: ChannelAttentionParameters,
): Tensor4D {
  const { weight, bias } = projection;
  const inputs = { q, k, v, temperature, weight };
  return runOp({
    kernel: kernelNames.channelAttention,
    inputs: bias === undefined ? inputs : { ...inputs, bias },
    gradient: channelAttentionGradient,
    compose: () => {
      const [images, height, width] = v.shape;
      const rows = asRows(v);
      const { attention } = correlateChannels(asRows(q), asRows(k), temperature);
      const mixing: Tensor3D = matMul(attention, expandDims<Tensor3D>(weight, 0), true, false);
      return reshape(multiplyImages(rows, mixing, bias), [images, height, width, weight.shape[1]]);
    },
  });
}
