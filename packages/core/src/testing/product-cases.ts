import * as tf from '@tensorflow/tfjs';
import { dotProductError, type KernelCase, tensor3d, tensor4d } from './kernel-case';
import { at, noise, sum, tabulate } from './reference-array';
import { batchMatMul, conv2dSame, depthwiseConv2dSame, swapLastTwo } from './reference-kernels';

/** Convolutions and matrix products. */
export function productCases(): readonly KernelCase[] {
  return [
    convolution('3×3', [2, 5, 7, 3], [3, 3, 3, 5]),
    // Channels in fours, which vectorised code treats apart.
    convolution('3×3, 8 to 12 channels', [1, 8, 9, 8], [3, 3, 8, 12]),
    convolution('1×1', [2, 5, 3, 7], [1, 1, 7, 5]),
    fusedConvolution(),
    depthwiseConvolution(),
    matrixProduct(),
    ...batchedProducts(),
  ];
}

type Shape4 = readonly [number, number, number, number];

function convolution(name: string, xShape: Shape4, kernelShape: Shape4): KernelCase {
  const x = noise(xShape, { seed: 1 });
  const kernel = noise(kernelShape, { seed: 2 });
  return {
    name: `conv2d ${name}`,
    compute: () => tf.conv2d(tensor4d(x), tensor4d(kernel), 1, 'same'),
    expected: conv2dSame(x, kernel),
    tolerance: dotProductError(kernelShape[0] * kernelShape[1] * kernelShape[2]),
  };
}

function fusedConvolution(): KernelCase {
  const x = noise([1, 5, 6, 4], { seed: 3 });
  const kernel = noise([3, 3, 4, 3], { seed: 4 });
  const bias = noise([3], { seed: 5 });
  const convolved = conv2dSame(x, kernel);
  return {
    name: 'fused conv2d with bias',
    compute: () =>
      tf.fused.conv2d({
        x: tensor4d(x),
        filter: tensor4d(kernel),
        strides: 1,
        pad: 'same',
        bias: tf.tensor1d([...bias.values]),
      }),
    expected: tabulate(convolved.shape, ([n, i, j, c]) => at(convolved, [n, i, j, c]) + at(bias, [c])),
    tolerance: dotProductError(3 * 3 * 4 + 1),
  };
}

function depthwiseConvolution(): KernelCase {
  const x = noise([2, 6, 5, 7], { seed: 6 });
  const kernel = noise([3, 3, 7, 1], { seed: 7 });
  return {
    name: 'depthwiseConv2d 3×3',
    compute: () => tf.depthwiseConv2d(tensor4d(x), tensor4d(kernel), 1, 'same'),
    expected: depthwiseConv2dSame(x, kernel),
    tolerance: dotProductError(9),
  };
}

function matrixProduct(): KernelCase {
  const row = noise([1, 24], { seed: 8 });
  const matrix = noise([24, 16], { seed: 9 });
  return {
    name: 'matMul',
    compute: () =>
      tf.matMul(tf.tensor2d([...row.values], [1, 24]), tf.tensor2d([...matrix.values], [24, 16])),
    expected: tabulate([1, 16], ([_, column]) => sum(24, (k) => at(row, [0, k]) * at(matrix, [k, column]))),
    tolerance: dotProductError(24),
  };
}

function batchedProducts(): KernelCase[] {
  const a = noise([3, 5, 11], { seed: 10 });
  const b = noise([3, 11, 7], { seed: 11 });
  const expected = batchMatMul(a, b);
  const tolerance = dotProductError(11);
  return [
    {
      name: 'matMul, batched',
      compute: () => tf.matMul(tensor3d(a), tensor3d(b)),
      expected,
      tolerance,
    },
    {
      name: 'matMul, batched, first transposed',
      compute: () => tf.matMul(tensor3d(swapLastTwo(a)), tensor3d(b), true, false),
      expected,
      tolerance,
    },
    {
      name: 'matMul, batched, second transposed',
      compute: () => tf.matMul(tensor3d(a), tensor3d(swapLastTwo(b)), false, true),
      expected,
      tolerance,
    },
  ];
}
