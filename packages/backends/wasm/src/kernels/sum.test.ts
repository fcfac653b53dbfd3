import * as tf from '@tensorflow/tfjs';
import { noise } from '../testing/compare-with-cpu';
import { describeKernel } from '../testing/describe-kernel';

describeKernel('Sum', {
  'over leading axes': () => tf.sum(noise([2, 3, 4, 5], 1), [0, 1, 2]),
  'over an axis between': () => tf.sum(noise([2, 3, 4], 1), 1),
  'over two axes between, kept': () => tf.sum(noise([2, 3, 4, 5], 1), [1, 2], true),
  'over the last axes': () => tf.sum(noise([2, 3, 4], 1), [1, 2], true),
  'over axes apart': () => tf.sum(noise([2, 3, 4], 1), [0, 2]),
  'over everything': () => tf.sum(noise([2, 3, 4], 1)),
  'of whole numbers': () => tf.sum(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), 0),
});
