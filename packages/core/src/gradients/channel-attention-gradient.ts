import {
  add,
  div,
  expandDims,
  matMul,
  mul,
  neg,
  reshape,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { asRows, correlateChannels } from '../ops/channel-correlation';
import type { OpGradient } from './with-gradient';

/** `q`, `k`, `v` [N,H,W,C]; `temperature` [heads]; `weight` [C,O]. */
export interface ChannelAttentionTensors {
  readonly [name: string]: Tensor;
  readonly q: Tensor4D;
  readonly k: Tensor4D;
  readonly v: Tensor4D;
  readonly temperature: Tensor1D;
  readonly weight: Tensor2D;
}

/**
 * Gradient of attention between channels with its projection, y = v·Aᵀ·W + b, where A = softmax(Ĝ·τ) by head
 * and Ĝ_ij = q_i·k_j/(‖q_i‖·‖k_j‖) over all pixels. Between the products with q, k and v everything is a C×C
 * matrix for each image. Through the norms, ∂Ĝ_ij/∂q_i = k_j/(‖q_i‖·‖k_j‖) − Ĝ_ij·q_i/‖q_i‖².
 */
export const channelAttentionGradient: OpGradient<ChannelAttentionTensors, Tensor4D> = (
  dy,
  { q, k, v, temperature, weight, bias },
) => {
  const [qRows, kRows, vRows, dyRows] = [asRows(q), asRows(k), asRows(v), asRows(dy)];
  const { norms, correlation, attention, temperatures } = correlateChannels(qRows, kRows, temperature);
  const projection: Tensor3D = expandDims(weight, 0);

  const mixing = matMul(attention, projection, true, false);
  const dMixing = matMul(vRows, dyRows, true, false);
  const dAttention = matMul(projection, dMixing, false, true);
  const weighted = mul(attention, dAttention);
  const dLogits = sub(weighted, mul(attention, sum(weighted, 2, true)));
  const dCorrelation: Tensor3D = mul(dLogits, temperatures);
  const dGram: Tensor3D = div(dCorrelation, mul(norms.q, norms.k));
  const shares = mul(dCorrelation, correlation);
  const alongQ = neg(div(sum(shares, 2, true), square(norms.q)));
  const alongK = neg(div(sum(shares, 1, true), square(norms.k)));

  const heads = temperature.shape[0];
  const perChannel = sum(mul(dLogits, correlation), [0, 2]);
  return {
    q: reshape(add(matMul(kRows, dGram, false, true), mul(qRows, swap(alongQ))), q.shape),
    k: reshape(add(matMul(qRows, dGram), mul(kRows, alongK)), k.shape),
    v: reshape(matMul(dyRows, mixing, false, true), v.shape),
    temperature: sum(reshape(perChannel, [heads, perChannel.size / heads]), 1),
    weight: sum(matMul(attention, dMixing), 0),
    ...(bias && { bias: sum(dyRows, [0, 1]) }),
  };
};

/** A column of C values for each image, `[N,C,1]`, as a row `[N,1,C]`. */
function swap(column: Tensor): Tensor {
  return reshape(column, [column.shape[0] ?? 1, 1, column.shape[1] ?? 1]);
}
