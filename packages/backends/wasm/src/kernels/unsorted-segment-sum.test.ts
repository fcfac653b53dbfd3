import * as tf from '@tensorflow/tfjs';
import { noise } from '../testing/compare-with-cpu';
import { describeKernel } from '../testing/describe-kernel';

describeKernel('UnsortedSegmentSum', {
  'rows by segment, one of them empty': () =>
    tf.unsortedSegmentSum(noise([5, 3], 1), tf.tensor1d([2, 0, 2, 3, 0], 'int32'), 5),
  'slices of rank 2': () => tf.unsortedSegmentSum(noise([3, 2, 4], 1), tf.tensor1d([1, 1, 0], 'int32'), 2),
  'the gradient of gather': () =>
    tf.grad((x) => tf.gather(x, tf.tensor1d([3, 1, 3], 'int32')))(noise([4, 2], 1), noise([3, 2], 2)),
});
