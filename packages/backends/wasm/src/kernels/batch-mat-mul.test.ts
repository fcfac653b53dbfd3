import * as tf from '@tensorflow/tfjs';
import { noise } from '../testing/compare-with-cpu';
import { describeKernel } from '../testing/describe-kernel';

describeKernel('BatchMatMul', {
  'plain matrices': () => tf.matMul(noise([3, 5], 1), noise([5, 4], 2)),
  'left transposed': () => tf.matMul(noise([5, 3], 1), noise([5, 4], 2), true, false),
  'right transposed': () => tf.matMul(noise([3, 5], 1), noise([4, 5], 2), false, true),
  'both transposed': () => tf.matMul(noise([5, 3], 1), noise([4, 5], 2), true, true),
  'a batch of one, transposed': () => tf.matMul(noise([1, 5, 3], 1), noise([1, 4, 5], 2), true, true),
  'a batch': () => tf.matMul(noise([3, 2, 5], 1), noise([3, 5, 4], 2)),
  'a batch, left transposed': () => tf.matMul(noise([3, 5, 2], 1), noise([3, 5, 4], 2), true, false),
  'a batch, right transposed': () => tf.matMul(noise([3, 2, 5], 1), noise([3, 4, 5], 2), false, true),
  'a batch times one matrix': () => tf.matMul(noise([3, 2, 5], 1), noise([1, 5, 4], 2)),
  'one matrix times a batch': () => tf.matMul(noise([1, 2, 5], 1), noise([3, 5, 4], 2)),
  'two axes of batches': () => tf.matMul(noise([2, 3, 2, 5], 1), noise([2, 3, 5, 4], 2)),
});
