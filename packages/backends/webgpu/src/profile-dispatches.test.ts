import { OptionError, withBackend } from '@diffir/core';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { describeWebGPU } from '../../../../tools/optional-suites';
import { createWebGPUBackend } from './index.node';
import { profileDispatches } from './profile-dispatches';
import { gpuOf } from './testing/run-on-gpu';

describeWebGPU('profileDispatches', () => {
  it('names and weighs what a function dispatches, and nothing before or after it', async () => {
    const backend = await createWebGPUBackend().start();
    const [a, b] = withBackend(backend, () => [tf.ones([3, 5]), tf.ones([3, 5])]);
    const { result, dispatches } = profileDispatches(backend, () => tf.tidy(() => tf.erf(tf.mul(a, b))));
    expect(dispatches.map(({ name }) => name)).toEqual(['binary', 'unary']);
    expect(dispatches.map(({ traffic }) => traffic)).toEqual([
      { read: 120, written: 60 },
      { read: 60, written: 60 },
    ]);
    expect(Object.hasOwn(gpuOf(backend), 'runWebGPUProgram')).toBe(false);
    withBackend(backend, () => tf.add(a, b));
    expect(dispatches).toHaveLength(2);
    tf.dispose([a, b, result]);
    await backend.dispose();
  });

  it('may be nested, and ends when the function throws', async () => {
    const backend = await createWebGPUBackend().start();
    const a = withBackend(backend, () => tf.ones([2, 2]));
    const outer = profileDispatches(backend, () => {
      const inner = profileDispatches(backend, () => tf.square(a));
      expect(() =>
        profileDispatches(backend, () => {
          throw new RangeError('from inside');
        }),
      ).toThrow('from inside');
      tf.square(a);
      return inner.dispatches.length;
    });
    expect(outer.result).toBe(1);
    expect(outer.dispatches).toHaveLength(2);
    expect(Object.hasOwn(gpuOf(backend), 'runWebGPUProgram')).toBe(false);
    await backend.dispose();
  });
});

describe('profileDispatches elsewhere', () => {
  it('refuses backends that have no dispatches', async () => {
    await tf.setBackend('cpu');
    const backend = {
      id: 'cpu',
      device: 'plain JavaScript',
      software: false,
      limits: { maxTensorBytes: 1 },
      tensorflowName: 'cpu',
      dispose: async () => {},
    };
    expect(() => profileDispatches(backend, () => 1)).toThrow(OptionError);
  });
});
