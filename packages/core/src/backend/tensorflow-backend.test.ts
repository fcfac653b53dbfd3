import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { findTensorflowBackend, installTensorflowBackend } from './tensorflow-backend';

describe('installTensorflowBackend', () => {
  it('takes the place of a factory that has not run and gives it back', async () => {
    let runs = 0;
    const factory = async () => {
      runs++;
      return Promise.reject(new Error('must not run'));
    };
    tf.registerBackend('replaceable', factory, 0);
    const CpuBackend = Object.getPrototypeOf(tf.findBackend('cpu')).constructor;
    const instance = new CpuBackend();

    const uninstall = installTensorflowBackend('replaceable', instance, 0);
    expect(findTensorflowBackend('replaceable')).toBe(instance);
    uninstall();
    expect(findTensorflowBackend('replaceable')).toBeUndefined();
    expect(tf.findBackendFactory('replaceable')).toBe(factory);
    expect(runs).toBe(0);
    tf.removeBackend('replaceable');
  });
});
