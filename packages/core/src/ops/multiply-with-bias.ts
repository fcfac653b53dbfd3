import {
  add,
  fused,
  matMul,
  reshape,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core';

/** `a·b (+ bias)` for matrices `[M,K]`, `[K,N]` and `[N]`; the bias costs no extra pass. */
export function multiplyWithBias(a: Tensor2D, b: Tensor2D, bias?: Tensor1D): Tensor2D {
  return bias === undefined ? matMul(a, b) : (fused.matMul({ a, b, bias }) as Tensor2D);
}

/**
 * `a·b (+ bias)` for each image: `[N,P,K]` times `[N,K,M]`, and a bias `[M]` or one for each image `[N,1,M]`.
 * For a single image, as restoring has it, the bias costs no extra pass.
 */
export function multiplyImages(a: Tensor3D, b: Tensor3D, bias?: Tensor): Tensor3D {
  const [images, rows, inner] = a.shape;
  const columns = b.shape[2];
  if (images > 1 || bias === undefined) {
    const product: Tensor3D = matMul(a, b);
    return bias === undefined ? product : add(product, bias);
  }
  // A copy of the one row, not a reshape: wasm's fused product insists on a bias stored as a vector.
  const vector: Tensor1D = bias.rank === 1 ? (bias as Tensor1D) : sum(bias, [0, 1]);
  const product = multiplyWithBias(reshape(a, [rows, inner]), reshape(b, [inner, columns]), vector);
  return reshape(product, [1, rows, columns]);
}
