import { dynamicFeedForward, readTensor, withBackend } from '@diffir/core';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { describeWebGPU } from '../../../../../tools/optional-suites';
import { createWebGPUBackend } from '../index.node';
import { profileDispatches } from '../profile-dispatches';

function feedForward(x: tf.Tensor4D): tf.Tensor4D {
  const branch = () => ({
    pointwise: { weight: tf.ones<tf.Rank.R2>([4, 4]) },
    depthwise: { filter: tf.ones<tf.Rank.R4>([3, 3, 4, 1]) },
  });
  const linear = () => tf.ones<tf.Rank.R2>([2, 4]);
  return dynamicFeedForward(x, tf.ones([1, 2]), {
    input: { norm: { kind: 'BiasFree', weight: tf.ones([4]) }, scale: linear(), shift: linear() },
    gate: branch(),
    value: branch(),
    projection: { weight: tf.ones([4, 4]) },
  });
}

// In a file, and so a process, of its own: Dawn on SwiftShader does not always survive to compute after several
// devices have come and gone in one process.
describeWebGPU('fused kernels', () => {
  it('serve the forward pass of training, once, with the gradients of the composition', async () => {
    await tf.setBackend('cpu');
    const values = Float32Array.from({ length: 60 }, (_, index) => Math.sin(index * 1.3));
    const input = () => tf.tensor4d(values, [1, 3, 5, 4]);
    const gradient = tf.grad((x) => tf.sum(feedForward(x as tf.Tensor4D)));
    const expected = tf.tidy(() => gradient(input()).dataSync());

    const backend = await createWebGPUBackend().start();
    const { result, dispatches } = profileDispatches(backend, () => tf.tidy(() => gradient(input())));
    // Going back runs the composition, whose steps can be recorded.
    expect(dispatches.filter(({ name }) => name === 'gatedDepthwise')).toHaveLength(1);
    const actual = await readTensor(backend, result);
    const largest = Math.max(...expected.map(Math.abs));
    const error = Math.max(
      ...expected.map((value, index) => Math.abs(value - (actual[index] ?? Number.NaN))),
    );
    // Rounding of two orders of summation.
    expect(error / largest).toBeLessThan(1e-5);
    withBackend(backend, () => result.dispose());
    await backend.dispose();
  });
});
