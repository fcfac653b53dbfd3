import * as tf from '@tensorflow/tfjs';
import { noise } from '../testing/compare-with-cpu';
import { describeKernel } from '../testing/describe-kernel';

const fused = (rows: number, inner: number, columns: number) =>
  tf.fused.matMul({ a: noise([rows, inner], 1), b: noise([inner, columns], 2), bias: noise([columns], 3) });

// Products are computed in tiles of 4 rows and 8 columns, blocks of 64 rows, and 256 terms at a time.
describeKernel('products larger than a block', {
  'one element': () => tf.matMul(noise([1, 1], 1), noise([1, 1], 2)),
  'one row': () => tf.matMul(noise([1, 300], 1), noise([300, 21], 2)),
  'one column': () => tf.matMul(noise([67, 300], 1), noise([300, 1], 2)),
  'whole tiles': () => tf.matMul(noise([128, 512], 1), noise([512, 32], 2)),
  'a rest in every direction': () => tf.matMul(noise([67, 517], 1), noise([517, 29], 2)),
  'left transposed': () => tf.matMul(noise([517, 67], 1), noise([517, 29], 2), true, false),
  'right transposed': () => tf.matMul(noise([67, 517], 1), noise([29, 517], 2), false, true),
  'both transposed, a batch': () => tf.matMul(noise([2, 517, 5], 1), noise([2, 7, 517], 2), true, true),
  'with a bias, in one block': () => fused(67, 32, 29),
  'with a bias, in several': () => fused(67, 517, 24),
  'with a bias and an activation': () =>
    tf.fused.matMul({
      a: noise([5, 7], 1),
      b: noise([7, 9], 2),
      bias: noise([9], 3),
      activation: 'relu',
    }),
});
