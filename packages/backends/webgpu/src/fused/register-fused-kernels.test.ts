import { dynamicFeedForward, kernelNames, withBackend } from '@diffir/core';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { describeWebGPU } from '../../../../../tools/optional-suites';
import { createWebGPUBackend } from '../index.node';
import { profileDispatches } from '../profile-dispatches';
import { gpuOf } from '../testing/run-on-gpu';
import { registerFusedKernels } from './register-fused-kernels';

const registered = () => tf.getKernel(kernelNames.dynamicAttention, 'webgpu') !== undefined;

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

describeWebGPU('fused kernels', () => {
  it('are there while the backend runs', async () => {
    expect(registered()).toBe(false);
    const backend = await createWebGPUBackend().start();
    expect(registered()).toBe(true);
    await backend.dispose();
    expect(registered()).toBe(false);
  });

  it('can be left out', async () => {
    const backend = await createWebGPUBackend({ fusedKernels: false }).start();
    expect(registered()).toBe(false);
    await backend.dispose();
  });

  it('leave kernels alone that someone else has registered', async () => {
    const backend = await createWebGPUBackend().start();
    const before = tf.getKernel(kernelNames.pixelShuffle, 'webgpu');
    const traits = { reduction: { lanes: 32, subgroups: false }, half: false };
    registerFusedKernels({ backend: gpuOf(backend), backendName: 'webgpu', traits })();
    expect(tf.getKernel(kernelNames.pixelShuffle, 'webgpu')).toBe(before);
    await backend.dispose();
  });

  it('stand aside while gradients are recorded', async () => {
    const backend = await createWebGPUBackend().start();
    const names = (compute: () => tf.Tensor) => {
      const { result, dispatches } = profileDispatches(backend, () => tf.tidy(compute));
      result.dispose();
      return dispatches.map(({ name }) => name);
    };
    const x = withBackend(backend, () => tf.ones<tf.Rank.R4>([1, 3, 5, 4]));
    expect(names(() => feedForward(x))).toContain('gatedDepthwise');
    const gradient = tf.grad((input) => tf.sum(feedForward(input as tf.Tensor4D)));
    expect(names(() => gradient(x))).not.toContain('gatedDepthwise');
    await backend.dispose();
  });
});
