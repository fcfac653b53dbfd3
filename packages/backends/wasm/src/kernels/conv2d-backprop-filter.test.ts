import * as tf from '@tensorflow/tfjs';
import { noise } from '../testing/compare-with-cpu';
import { describeKernel } from '../testing/describe-kernel';

interface Case {
  readonly size: [number, number, number];
  readonly filter: [number, number, number, number];
  readonly stride: number;
  readonly pad: 'same' | 'valid' | number;
}

/** The gradient of a convolution by its filter, weighted by noise so that every output counts differently. */
function filterGradient({ size: [n, h, w], filter, stride, pad }: Case) {
  const x = noise<tf.Rank.R4>([n, h, w, filter[2]], 1);
  const convolve = (weights: tf.Tensor) => tf.conv2d(x, weights as tf.Tensor4D, stride, pad);
  const weights = noise<tf.Rank.R4>(filter, 2);
  const dy = noise(convolve(weights).shape, 3);
  return tf.grad(convolve)(weights, dy as tf.Tensor4D);
}

describeKernel('Conv2DBackpropFilter', {
  '3×3, stride 1, same': () =>
    filterGradient({ size: [2, 5, 7], filter: [3, 3, 4, 6], stride: 1, pad: 'same' }),
  '3×3, stride 1, valid': () =>
    filterGradient({ size: [2, 6, 5], filter: [3, 3, 2, 3], stride: 1, pad: 'valid' }),
  '4×4, stride 1, pad 2': () => filterGradient({ size: [1, 6, 6], filter: [4, 4, 3, 2], stride: 1, pad: 2 }),
  '1×3, stride 1, same': () =>
    filterGradient({ size: [2, 4, 5], filter: [1, 3, 3, 2], stride: 1, pad: 'same' }),
  '4×4, stride 2, pad 2': () => filterGradient({ size: [2, 8, 6], filter: [4, 4, 3, 5], stride: 2, pad: 2 }),
  '3×3, stride 2, same, odd size': () =>
    filterGradient({ size: [1, 7, 9], filter: [3, 3, 2, 4], stride: 2, pad: 'same' }),
  '3×3, stride 2, valid, a last row that no tap meets': () =>
    filterGradient({ size: [1, 8, 8], filter: [3, 3, 2, 4], stride: 2, pad: 'valid' }),
});
