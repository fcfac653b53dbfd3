import { type RunningBackend, readTensor, withBackend } from '@diffir/core';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { describeWebGPU } from '../../../../tools/optional-suites';
import { createWebGPUBackend } from './index.node';
import { compareFused } from './testing/compare-fused';
import { gpuOf } from './testing/run-on-gpu';

/** Counts submissions and readbacks until it is stopped. */
function watchQueue(backend: RunningBackend) {
  const gpu = gpuOf(backend);
  const [submit, read] = [gpu.submitQueue.bind(gpu), gpu.getBufferData.bind(gpu)];
  const counts = { submissions: 0, readbacks: 0 };
  gpu.submitQueue = () => {
    counts.submissions++;
    submit();
  };
  gpu.getBufferData = (buffer) => {
    counts.readbacks++;
    return read(buffer);
  };
  return counts;
}

/** 40 steps over one tensor, with small uploads in between. */
function chain(x: tf.Tensor): tf.Tensor {
  let result = x.clone();
  for (let i = 0; i < 40; i++) {
    const previous = result;
    result = tf.tidy(() => tf.add(tf.mul(previous, tf.tensor1d([1, 2, 1, 0.5])), tf.tensor1d([i, 0, 1, 0])));
    previous.dispose();
  }
  return result;
}

describeWebGPU('the WebGPU backend', () => {
  it('submits a network once, when its result is read', async () => {
    const backend = await createWebGPUBackend().start();
    const x = withBackend(backend, () => tf.ones([64, 4]));
    const counts = watchQueue(backend);
    const result = withBackend(backend, () => chain(x));
    expect(counts).toEqual({ submissions: 0, readbacks: 0 });
    const values = await readTensor(backend, result);
    expect(counts).toEqual({ submissions: 1, readbacks: 1 });
    await tf.setBackend('cpu');
    const expected = tf.tidy(() => chain(tf.ones([64, 4])).dataSync());
    expect([...values]).toEqual([...expected]);
    tf.dispose([x, result]);
    await backend.dispose();
  });

  it('needs memory for what lives at once, not for all that ever lived', async () => {
    const backend = await createWebGPUBackend().start();
    const gpu = gpuOf(backend);
    const size = 4 * 1024 * 4;
    const x = withBackend(backend, () => tf.ones([1024, 4]));
    const result = withBackend(backend, () => chain(x));
    // Input, result and the two steps in between, with the vectors that were uploaded.
    expect(gpu.memory().numBytesAllocatedInGPU).toBeLessThan(6 * size);
    await readTensor(backend, result);
    tf.dispose([x, result]);
    await backend.dispose();
  });

  it('holds nothing after a fused block', async () => {
    const backend = await createWebGPUBackend().start();
    const gpu = gpuOf(backend);
    const block = {
      batch: 2,
      height: 5,
      width: 7,
      channels: 6,
      heads: 2,
      hidden: 13,
      kind: 'WithBias',
      bias: true,
    } as const;
    const before = [tf.memory().numTensors, gpu.numDataIds(), gpu.memory().numBytesInGPU];
    await compareFused(backend, { ...block, half: 'attention' });
    await compareFused(backend, { ...block, half: 'feedForward' });
    expect([tf.memory().numTensors, gpu.numDataIds(), gpu.memory().numBytesInGPU]).toEqual(before);
    await backend.dispose();
  });
});
