import * as tf from '@tensorflow/tfjs';
import { noise } from '../testing/compare-with-cpu';
import { describeKernel } from '../testing/describe-kernel';

interface Case {
  readonly size: [number, number, number];
  readonly filter: [number, number, number, number];
  readonly stride?: number;
  readonly pad?: 'same' | 'valid' | number;
}

function convolve({ size, filter, stride = 1, pad = 'same' }: Case): tf.Tensor {
  const x = noise<tf.Rank.R4>([...size, filter[2]], 1);
  return tf.conv2d(x, noise<tf.Rank.R4>(filter, 2), stride, pad);
}

function fused({ size, filter }: Case, activation: 'linear' | 'relu' = 'linear'): tf.Tensor {
  return tf.fused.conv2d({
    x: noise<tf.Rank.R4>([...size, filter[2]], 1),
    filter: noise<tf.Rank.R4>(filter, 2),
    bias: noise<tf.Rank.R1>([filter[3]], 3),
    strides: 1,
    pad: 'same',
    activation,
  });
}

// Rows are taken together until they hold 64 pixels, columns of the result by eight.
describeKernel('Conv2D', {
  '3×3': () => convolve({ size: [2, 9, 7], filter: [3, 3, 5, 16] }),
  '3×3, a rest of channels': () => convolve({ size: [1, 5, 6], filter: [3, 3, 4, 11] }),
  '3×3 to three channels': () => convolve({ size: [1, 5, 6], filter: [3, 3, 4, 3] }),
  '3×3, wider than the rows taken together': () => convolve({ size: [1, 4, 70], filter: [3, 3, 3, 8] }),
  '3×3, narrower than the filter': () => convolve({ size: [2, 1, 2], filter: [3, 3, 3, 8] }),
  '1×1': () => convolve({ size: [2, 3, 4], filter: [1, 1, 5, 8] }),
  '5×3': () => convolve({ size: [1, 9, 8], filter: [5, 3, 3, 9] }),
  '3×3, valid': () => convolve({ size: [1, 9, 8], filter: [3, 3, 3, 9], pad: 'valid' }),
  '4×4, pad 2': () => convolve({ size: [1, 9, 8], filter: [4, 4, 3, 8], pad: 2 }),
  '3×3, stride 2': () => convolve({ size: [2, 30, 9], filter: [3, 3, 3, 8], stride: 2 }),
  '4×4, stride 2, pad 1': () => convolve({ size: [2, 30, 10], filter: [4, 4, 3, 8], stride: 2, pad: 1 }),
  '1×1, stride 3, valid: rows that no tap meets': () =>
    convolve({ size: [1, 11, 11], filter: [1, 1, 3, 8], stride: 3, pad: 'valid' }),
  'more than 256 terms in a row of the filter': () => convolve({ size: [1, 5, 6], filter: [3, 3, 100, 8] }),
  'with a bias': () => fused({ size: [2, 9, 7], filter: [3, 3, 5, 16] }),
  'with a bias, a rest of channels': () => fused({ size: [2, 9, 7], filter: [3, 3, 5, 11] }),
  'with a bias and an activation': () => fused({ size: [1, 5, 6], filter: [3, 3, 4, 8] }, 'relu'),
  'with dilation, as TensorFlow.js does it': () =>
    tf.conv2d(noise<tf.Rank.R4>([1, 9, 9, 3], 1), noise([3, 3, 3, 4], 2), 1, 'same', 'NHWC', 2),
});

function depthwise(size: [number, number, number, number], pad: 'same' | 'valid' = 'same'): tf.Tensor {
  return tf.depthwiseConv2d(noise<tf.Rank.R4>(size, 1), noise<tf.Rank.R4>([3, 3, size[3], 1], 2), 1, pad);
}

describeKernel('DepthwiseConv2dNative', {
  '3×3': () => depthwise([2, 5, 8, 12]),
  '3×3, odd width and a rest of channels': () => depthwise([2, 4, 7, 11]),
  '3×3, one pixel': () => depthwise([1, 1, 1, 5]),
  '3×3, three channels': () => depthwise([1, 6, 5, 3]),
  '3×3, a column': () => depthwise([1, 6, 1, 4]),
  '3×3, valid': () => depthwise([1, 6, 5, 4], 'valid'),
  '5×5': () => tf.depthwiseConv2d(noise<tf.Rank.R4>([1, 6, 7, 4], 1), noise([5, 5, 4, 1], 2), 1, 'same'),
  'two filters for each channel': () =>
    tf.depthwiseConv2d(noise<tf.Rank.R4>([1, 6, 7, 4], 1), noise([3, 3, 4, 2], 2), 1, 'same'),
  'with a bias': () =>
    tf.fused.depthwiseConv2d({
      x: noise<tf.Rank.R4>([2, 5, 7, 12], 1),
      filter: noise([3, 3, 12, 1], 2),
      bias: noise([12], 3),
      strides: 1,
      pad: 'same',
    }),
});
