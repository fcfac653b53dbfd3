import {
  add,
  div,
  matMul,
  maximum,
  mul,
  reshape,
  softmax,
  sqrt,
  square,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  tensor2d,
  tile,
} from '@tensorflow/tfjs-core';

/** Floor of the channel norms, as torch.nn.functional.normalize has it. */
const NORM_FLOOR = 1e-12;
/** Added to the logits of channels of different heads before the softmax: exp of it is 0 in float32. */
const MASKED = -1e9;

/** Attention between channels and what it is made of. */
export interface ChannelCorrelation {
  /** Norms over all pixels, floored: q's as a column [N,C,1], k's as a row [N,1,C]. */
  readonly norms: { readonly q: Tensor3D; readonly k: Tensor3D };
  /** Cosines between the channels of q and of k, [N,C,C]. */
  readonly correlation: Tensor3D;
  /** Softmax of cosine times temperature over the channels of a head, [N,C,C]; 0 between heads. */
  readonly attention: Tensor3D;
  /** Each head's temperature repeated over its channels, [1,C,1]. */
  readonly temperatures: Tensor3D;
}

/** Correlates the channels of `q` and `k`, both [N,P,C]. */
export function correlateChannels(q: Tensor3D, k: Tensor3D, temperature: Tensor1D): ChannelCorrelation {
  const channels = q.shape[2];
  const ofQ: Tensor3D = reshape(channelNorms(q), [q.shape[0], channels, 1]);
  const norms = { q: ofQ, k: channelNorms(k) };
  const correlation: Tensor3D = div(matMul(q, k, true, false), mul(norms.q, norms.k));
  const temperatures = temperaturePerChannel(temperature, channels);
  const scaled: Tensor3D = mul(correlation, temperatures);
  const heads = temperature.shape[0];
  const logits = heads === 1 ? scaled : add<Tensor3D>(scaled, otherHeads(heads, channels));
  return { norms, correlation, attention: softmax(logits), temperatures };
}

/** Euclidean norm of every channel over the pixels, `[N,1,C]`. */
function channelNorms(rows: Tensor3D): Tensor3D {
  return maximum(sqrt(sum(square(rows), 1, true)), NORM_FLOOR);
}

/** Each head's temperature repeated over its channels, `[1,C,1]`. */
function temperaturePerChannel(temperature: Tensor1D, channels: number): Tensor3D {
  const heads = temperature.shape[0];
  return reshape(tile(reshape(temperature, [heads, 1]), [1, channels / heads]), [1, channels, 1]);
}

/**
 * −1e9 where row and column belong to different heads, else 0; `[C,C]`. As a product of small matrices, since
 * comparing a row with a column takes WebAssembly 20 ms for 416 channels.
 */
function otherHeads(heads: number, channels: number): Tensor2D {
  const ofHead = channels / heads;
  const membership = tensor2d(
    Float32Array.from({ length: channels * heads }, (_, index) =>
      index % heads === Math.floor(index / heads / ofHead) ? 1 : 0,
    ),
    [channels, heads],
  );
  return add(matMul(mul(membership, -MASKED), membership, false, true), MASKED);
}

/** `[N,H,W,C]` to `[N,H·W,C]`. */
export function asRows(x: Tensor4D): Tensor3D {
  const [n, h, w, c] = x.shape;
  return reshape(x, [n, h * w, c]);
}
