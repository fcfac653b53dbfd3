import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackendUnavailableError } from '../errors/backend-unavailable-error';
import { OptionError } from '../errors/option-error';
import { OutOfMemoryError } from '../errors/out-of-memory-error';
import { isAllocationFailure } from './allocation-failure';
import type { RunningBackend } from './backend';
import { installTensorflowBackend } from './tensorflow-backend';
import { readTensor, withBackend } from './with-backend';

/** A backend beside `cpu`: another instance of it under its own name. */
function installSecond(name: string): { backend: RunningBackend; remove: () => void } {
  const CpuBackend = Object.getPrototypeOf(tf.findBackend('cpu')).constructor;
  const instance = new CpuBackend();
  // Silences the advice to install tfjs-node, printed at first use.
  instance.firstUse = false;
  const remove = installTensorflowBackend(name, instance, 0);
  const backend: RunningBackend = {
    id: name,
    device: 'test',
    software: false,
    limits: { maxTensorBytes: 1 },
    tensorflowName: name,
    isOutOfMemory: isAllocationFailure,
    dispose: async () => remove(),
  };
  return { backend, remove };
}

for (const name of ['second', 'third', 'disowned']) tf.copyRegisteredKernels('cpu', name);

describe('withBackend', () => {
  let second: ReturnType<typeof installSecond>;

  beforeEach(async () => {
    await tf.setBackend('cpu');
    second = installSecond('second');
  });
  afterEach(() => second.remove());

  it('installing a backend leaves the current one alone', () => {
    expect(tf.getBackend()).toBe('cpu');
  });

  it('computes on the backend and returns to the previous one', async () => {
    const sum = withBackend(second.backend, () => {
      expect(tf.getBackend()).toBe('second');
      return tf.add(tf.tensor1d([1, 2]), 1);
    });
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.findBackend('second').numDataIds()).toBeGreaterThan(0);
    expect([...(await readTensor(second.backend, sum))]).toEqual([2, 3]);
  });

  it('returns to the previous backend when the computation throws', () => {
    expect(() =>
      withBackend(second.backend, () => {
        throw new TypeError('a bug');
      }),
    ).toThrow(TypeError);
    expect(tf.getBackend()).toBe('cpu');
  });

  it('may be nested', () => {
    const third = installSecond('third');
    const seen = withBackend(second.backend, () => [
      withBackend(third.backend, () => tf.getBackend()),
      tf.getBackend(),
    ]);
    expect([...seen, tf.getBackend()]).toEqual(['third', 'second', 'cpu']);
    third.remove();
  });

  it('reports running out of memory as OutOfMemoryError, with the cause', () => {
    const allocate = () => withBackend(second.backend, () => new Float32Array(2 ** 50));
    expect(allocate).toThrow('second: out of memory on test');
    expect(allocate).toThrow(OutOfMemoryError);
  });

  it('refuses asynchronous functions', () => {
    expect(() => withBackend(second.backend, async () => 1)).toThrow(OptionError);
  });

  it('says so when the backend has been disposed', async () => {
    await second.backend.dispose();
    expect(() => withBackend(second.backend, () => 1)).toThrow(BackendUnavailableError);
  });
});

describe('readTensor', () => {
  it('rejects values that the device disowns', async () => {
    await tf.setBackend('cpu');
    const second = installSecond('disowned');
    const backend: RunningBackend = {
      ...second.backend,
      throwPendingError: () => {
        throw new OutOfMemoryError({ subject: 'disowned', problem: 'allocation failed' });
      },
    };
    const tensor = withBackend(backend, () => tf.tensor1d([1]));
    await expect(readTensor(backend, tensor)).rejects.toThrow('disowned: allocation failed');
    second.remove();
  });
});
