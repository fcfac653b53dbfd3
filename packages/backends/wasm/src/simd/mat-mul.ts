import { inputTensor } from '@diffir/core';
import { type KernelFunc, type Tensor, util } from '@tensorflow/tfjs-core';
import { multiplyStacks, type StackedProduct } from './multiply';
import type { SimdKernels } from './simd-kernels';

/** Products of matrices and of stacks of them, transposed or not, without copies of either operand. */
export function matMul(kernels: SimdKernels): (original: KernelFunc) => KernelFunc {
  return (original) => (call) => {
    const { inputs, attrs = {}, backend } = call;
    const product = stackedProduct(inputTensor(inputs, 'a'), inputTensor(inputs, 'b'), {
      transposedA: attrs.transposeA === true,
      transposedB: attrs.transposeB === true,
    });
    return product === undefined ? original(call) : multiplyStacks(kernels, backend, product);
  };
}

/** The same with a bias for each column, if that and no activation function is all that is fused with it. */
export function fusedMatMul(kernels: SimdKernels): (original: KernelFunc) => KernelFunc {
  return (original) => (call) => {
    const { inputs, attrs = {}, backend } = call;
    const { activation = 'linear', transposeA, transposeB } = attrs;
    const product = stackedProduct(inputTensor(inputs, 'a'), inputTensor(inputs, 'b'), {
      transposedA: transposeA === true,
      transposedB: transposeB === true,
    });
    const bias = inputs.bias;
    const isPlain = activation === 'linear' && !inputs.preluActivationWeights;
    if (product === undefined || !isPlain) return original(call);
    if (!bias) return multiplyStacks(kernels, backend, product);
    if (bias.dtype !== 'float32' || util.sizeFromShape(bias.shape) !== product.n) return original(call);
    return multiplyStacks(kernels, backend, { ...product, start: { tensor: bias, count: 1 } });
  };
}

interface Transposed {
  readonly transposedA: boolean;
  readonly transposedB: boolean;
}

/** Undefined for what is not float32 and for stacks of different shapes. */
function stackedProduct(
  a: Tensor,
  b: Tensor,
  { transposedA, transposedB }: Transposed,
): StackedProduct | undefined {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  const [ofA, ofB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [countA, countB] = [util.sizeFromShape(ofA), util.sizeFromShape(ofB)];
  const isOne = countA === 1 || countB === 1;
  if (!isOne && !util.arraysEqual(ofA, ofB)) return undefined;
  const [rowsA = 1, columnsA = 1] = a.shape.slice(-2);
  const [rowsB = 1, columnsB = 1] = b.shape.slice(-2);
  const [m, k] = transposedA ? [columnsA, rowsA] : [rowsA, columnsA];
  const n = transposedB ? rowsB : columnsB;
  const axes = countA > 1 || (countB === 1 && ofA.length >= ofB.length) ? ofA : ofB;
  // As TensorFlow.js does it: axes of one that only the other stack has go in front.
  const rank = Math.max(ofA.length, ofB.length);
  const stackShape = [...Array.from({ length: rank - axes.length }, () => 1), ...axes];
  return {
    a: { tensor: a, count: countA, transposed: transposedA },
    b: { tensor: b, count: countB, transposed: transposedB },
    shape: [...stackShape, m, n],
    m,
    k,
    n,
  };
}
