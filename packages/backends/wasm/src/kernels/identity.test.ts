import { withBackend } from '@diffir/core';
import * as tf from '@tensorflow/tfjs';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { describe, expect, it } from 'vitest';
import { wasmBackend } from '../wasm-backend';

async function backendWithTensors() {
  const running = await wasmBackend.start();
  const instance = tf.findBackend(running.tensorflowName);
  if (!(instance instanceof BackendWasm)) throw new TypeError('not the wasm backend');
  return { running, instance };
}

describe('Identity and Cast', () => {
  it('share the data, which lives as long as any of them', async () => {
    const { running, instance } = await backendWithTensors();
    const before = instance.numDataIds();
    const x = withBackend(running, () => tf.tensor1d([1, 2, 3]));
    const copies = withBackend(running, () => [x.clone(), tf.cast(x, 'float32')]);
    expect(instance.numDataIds()).toBe(before + 1);
    x.dispose();
    expect(copies.map((copy) => [...copy.dataSync()])).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    tf.dispose(copies);
    expect(instance.numDataIds()).toBe(before);
  });

  it('convert where the type differs', async () => {
    const { running } = await backendWithTensors();
    const [flags, numbers] = withBackend(running, () => [
      tf.cast(tf.tensor1d([true, false], 'bool'), 'float32'),
      tf.cast(tf.tensor1d([2.5, -1.5]), 'int32'),
    ]);
    expect([flags?.dtype, ...(flags?.dataSync() ?? [])]).toEqual(['float32', 1, 0]);
    expect([numbers?.dtype, ...(numbers?.dataSync() ?? [])]).toEqual(['int32', 2, -1]);
    tf.dispose([flags, numbers]);
  });
});
