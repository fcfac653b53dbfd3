import * as tf from '@tensorflow/tfjs';
import { noise } from '../testing/compare-with-cpu';
import { describeKernel } from '../testing/describe-kernel';

type Filter = [number, number, number, number];

function inputGradient(
  size: [number, number, number],
  shape: Filter,
  stride: number,
  pad: 'same' | 'valid' | number,
) {
  const filter = noise<tf.Rank.R4>(shape, 1);
  const convolve = (x: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, filter, stride, pad);
  const x = noise<tf.Rank.R4>([...size, shape[2]], 2);
  const dy = noise(convolve(x).shape, 3);
  return tf.grad(convolve)(x, dy as tf.Tensor4D);
}

describeKernel('Conv2DBackpropInput', {
  '3×3, stride 1, same': () => inputGradient([2, 5, 7], [3, 3, 4, 6], 1, 'same'),
  '3×3, stride 1, valid': () => inputGradient([2, 6, 5], [3, 3, 2, 3], 1, 'valid'),
  '4×4, stride 1, pad 2': () => inputGradient([1, 6, 6], [4, 4, 3, 2], 1, 2),
  '4×4, stride 2, pad 2': () => inputGradient([2, 8, 6], [4, 4, 3, 5], 2, 2),
  '3×3, stride 2, same, odd size': () => inputGradient([1, 7, 9], [3, 3, 2, 4], 2, 'same'),
});
