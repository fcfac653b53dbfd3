import { BackendUnavailableError, readTensor, withBackend } from '@diffir/core';
import { describeBackend } from '@diffir/core/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { createOnnxBackend } from './index';
import { onnxBackend } from './index.node';

describeBackend(onnxBackend, { describe, it, expect });

describe('onnx backend', () => {
  it('says what is missing where onnxruntime does not load', async () => {
    const backend = createOnnxBackend({ load: () => Promise.reject(new Error('404')) });
    const error = await backend.start().catch((reason: unknown) => reason);
    expect(BackendUnavailableError.isInstance(error)).toBe(true);
    expect(String(error)).toContain('onnxruntime does not load here');
  });

  it('takes an onnxruntime that it is given', async () => {
    const backend = createOnnxBackend({
      load: async () => (await import('onnxruntime-node')).default,
      provider: 'cpu',
    });
    const running = await backend.start();
    const sum = withBackend(running, () => tf.tidy(() => tf.add(tf.tensor1d([1, 2]), 1)));
    expect([...(await readTensor(running, sum))]).toEqual([2, 3]);
    withBackend(running, () => sum.dispose());
    await running.dispose();
  });

  it('does not answer synchronously what it would have to compute', async () => {
    const running = await onnxBackend.start();
    withBackend(running, () =>
      tf.tidy(() => {
        expect(() => tf.add(tf.tensor1d([1, 2]), 1).dataSync()).toThrow(/synchronously/);
        expect([...tf.tensor1d([1, 2]).dataSync()]).toEqual([1, 2]);
      }),
    );
    await running.dispose();
  });
});
