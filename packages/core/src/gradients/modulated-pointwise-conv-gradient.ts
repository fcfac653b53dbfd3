import {
  add,
  expandDims,
  matMul,
  mul,
  reshape,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { OpGradient } from './with-gradient';

/** `x` [N,H,W,I]; `scale`, `shift` [N,I]; `weight` [I,O]. */
export interface ModulatedPointwiseConvInputs {
  readonly [name: string]: Tensor;
  readonly x: Tensor4D;
  readonly scale: Tensor2D;
  readonly shift: Tensor2D;
  readonly weight: Tensor2D;
}

/**
 * Gradient of (x·s + t)·W + b, with s and t per image and channel. Everything but x's gradient follows from
 * two small results for each image, K = xᵀ·dy [I,O] and the sum d of dy over the pixels [O]: the weight's is
 * Σ diag(s)·K + t⊗d, the scale's Σ_o W∘K, the shift's d·Wᵀ, the bias' Σ d. The gradient by x is
 * dy·(diag(s)·W)ᵀ. No tensor of image size is made but that one.
 */
export const modulatedPointwiseConvGradient: OpGradient<ModulatedPointwiseConvInputs, Tensor4D> = (
  dy,
  { x, scale, shift, weight, bias },
) => {
  const [images, height, width, inputs] = x.shape;
  const pixels = height * width;
  const rows = reshape(x, [images, pixels, inputs]);
  const dyRows = reshape(dy, [images, pixels, weight.shape[1]]);
  const products = matMul(rows, dyRows, true, false);
  const sums: Tensor2D = sum(dyRows, 1);
  const scaleColumn = expandDims(scale, 2);
  const outer = mul(expandDims(shift, 2), expandDims(sums, 1));
  const folded = mul(scaleColumn, expandDims(weight, 0));
  return {
    x: reshape(matMul(dyRows, folded, false, true), x.shape),
    scale: sum(mul(products, expandDims(weight, 0)), 2),
    shift: matMul(sums, weight, false, true),
    weight: sum(add(mul(products, scaleColumn), outer), 0),
    ...(bias && { bias: sum(sums, 0) }),
  };
};
