import {
  div,
  equal,
  expandDims,
  fill,
  floorDiv,
  matMul,
  maximum,
  mul,
  ones,
  range,
  reshape,
  scalar,
  softmax,
  sqrt,
  square,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tile,
  transpose,
  where,
} from '@tensorflow/tfjs';
import { kernelNames } from './kernel-names';
import { mapImages } from './map-images';
import { multiplyWithBias } from './multiply-with-bias';
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

/** Floor of the channel norms, as torch.nn.functional.normalize has it. */
const NORM_FLOOR = 1e-12;
/** Weight of channel pairs of different heads before the softmax: exp of it is 0 in float32. */
const MASKED = -1e9;

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
    compose: () =>
      mapImages(q, { k, v }, (image, own) => {
        const [, h, w, channels] = image.shape;
        const attention = attentionMatrix(asMatrix(image), asMatrix(own.k), temperature);
        // Aᵀ is transposed explicitly: matMul's own transposed-A path is ten times slower on wasm.
        const mixing: Tensor2D = matMul(transpose(attention), weight);
        const mixed = multiplyWithBias(reshape(own.v, [h * w, channels]), mixing, bias);
        return reshape(mixed, [1, h, w, weight.shape[1]]);
      }),
  });
}

/** `[1,H,W,C]` to `[H·W,C]`. */
function asMatrix(image: Tensor4D): Tensor2D {
  const [, h, w, channels] = image.shape;
  return reshape(image, [h * w, channels]);
}

/** The softmax matrix of all heads, `[C,C]`, zero between channels of different heads. */
function attentionMatrix(q: Tensor2D, k: Tensor2D, temperature: Tensor1D): Tensor2D {
  const gram: Tensor2D = matMul(transpose(q), k);
  const norms: Tensor2D = mul(expandDims(channelNorms(q), 1), expandDims(channelNorms(k), 0));
  const logits: Tensor2D = mul(div(gram, norms), rowTemperatures(temperature, gram.shape[0]));
  return softmax(where(sameHead(temperature.shape[0], gram.shape[0]), logits, fill(gram.shape, MASKED)));
}

/** Euclidean norm of every column, `[C]`; the sum over pixels as a product with ones, faster than a reduction. */
function channelNorms(matrix: Tensor2D): Tensor1D {
  const pixels = matrix.shape[0];
  const sums: Tensor2D = matMul(ones([1, pixels]), square(matrix));
  return reshape(maximum(sqrt(sums), NORM_FLOOR), [matrix.shape[1]]);
}

/** Each head's temperature repeated over its channels, `[C,1]`. */
function rowTemperatures(temperature: Tensor1D, channels: number): Tensor2D {
  const heads = temperature.shape[0];
  return reshape(tile(reshape(temperature, [heads, 1]), [1, channels / heads]), [channels, 1]);
}

/** Whether row and column belong to one head, `[C,C]`. */
function sameHead(heads: number, channels: number): Tensor2D {
  const head = floorDiv(range(0, channels, 1, 'int32'), scalar(channels / heads, 'int32'));
  return equal(expandDims(head, 1), expandDims(head, 0));
}
