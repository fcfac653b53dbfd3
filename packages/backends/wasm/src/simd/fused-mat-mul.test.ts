import * as tf from '@tensorflow/tfjs';
import { noise } from '../testing/compare-with-cpu';
import { describeKernel } from '../testing/describe-kernel';

// Not among those that run without SIMD too: TensorFlow.js' own kernel gets it wrong, and no network needs it.
describeKernel('_FusedMatMul', {
  'with transposed operands and a bias': () =>
    tf.fused.matMul({
      a: noise([7, 5], 1),
      b: noise([9, 7], 2),
      transposeA: true,
      transposeB: true,
      bias: noise([9], 3),
    }),
});
