import { inputTensor } from '@diffir/core';
import {
  cast,
  type KernelFunc,
  matMul,
  oneHot,
  reshape,
  type Tensor1D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';

/**
 * Sums of the slices of `x` [n,…] that share a segment, [segments,…]: a product with the matrix that has a
 * one where slice and segment meet. Slices of segments out of range are left out.
 */
export const unsortedSegmentSum: KernelFunc = ({ inputs, attrs = {} }) =>
  tidy(() => {
    const x = inputTensor(inputs, 'x');
    const segments = inputTensor(inputs, 'segmentIds') as Tensor1D;
    const count = attrs.numSegments as number;
    const [slices = 1, ...rest] = x.shape;
    const membership = cast(oneHot(segments, count), 'float32');
    const sums = matMul(transpose(membership), reshape(x, [slices, x.size / slices]));
    return reshape(sums, [count, ...rest]);
  });
