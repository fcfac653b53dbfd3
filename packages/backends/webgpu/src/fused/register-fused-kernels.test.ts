import { kernelNames } from '@diffir/core';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { describeWebGPU } from '../../../../../tools/optional-suites';
import { createWebGPUBackend } from '../index.node';
import { gpuOf } from '../testing/run-on-gpu';
import { registerFusedKernels } from './register-fused-kernels';

const registered = () => tf.getKernel(kernelNames.dynamicAttention, 'webgpu') !== undefined;

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
});
