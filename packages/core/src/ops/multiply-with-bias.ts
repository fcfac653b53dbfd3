import { fused, matMul, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs';

/** `a·b (+ bias)` for matrices `[M,K]`, `[K,N]` and `[N]`; the bias costs no extra pass. */
export function multiplyWithBias(a: Tensor2D, b: Tensor2D, bias?: Tensor1D): Tensor2D {
  return bias === undefined ? matMul(a, b) : (fused.matMul({ a, b, bias }) as Tensor2D);
}
