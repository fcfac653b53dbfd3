import { BackendUnavailableError } from '@diffir/core';
import { describeBackend } from '@diffir/core/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { findNativePackage } from './native-package';
import { createNodeBackend } from './node-backend';

const found = () => ({ found: '@tensorflow/tfjs-node' }) as const;

/**
 * Does to TensorFlow.js what loading @tensorflow/tfjs-node does: registers a backend with its kernels
 * and makes it the current one. The real package needs a native library fetched at install.
 */
async function loadFake(): Promise<void> {
  if (tf.findBackendFactory('tensorflow') !== null) return;
  const CpuBackend = Object.getPrototypeOf(tf.findBackend('cpu')).constructor;
  const instance = new CpuBackend();
  instance.firstUse = false;
  tf.registerBackend('tensorflow', () => instance, 3);
  tf.copyRegisteredKernels('cpu', 'tensorflow');
  await tf.setBackend('tensorflow');
}

describe('node backend where no native package is installed', () => {
  it('says what is missing and how to get it', async () => {
    const backend = createNodeBackend({ find: () => findNativePackage('/nowhere/index.js') });
    expect(await backend.probe()).toEqual({
      available: false,
      reason: '@tensorflow/tfjs-node is not installed',
      remedy: 'run `npm install @tensorflow/tfjs-node`, or @tensorflow/tfjs-node-gpu for NVIDIA GPUs',
    });
    const error = await backend.start().catch((reason: unknown) => reason);
    expect(BackendUnavailableError.isInstance(error)).toBe(true);
    expect(String(error)).toContain('node: @tensorflow/tfjs-node is not installed; run `npm install');
  });
});

describe('node backend with a broken package', () => {
  it('is unavailable when the native library does not load', async () => {
    const load = async () => {
      throw new Error('libtensorflow.so.2: cannot open shared object file\nRequire stack: …');
    };
    const error = await createNodeBackend({ find: found, load })
      .start()
      .catch((reason: unknown) => reason);
    expect(BackendUnavailableError.isInstance(error)).toBe(true);
    expect(String(error)).toContain(
      'node: @tensorflow/tfjs-node could not be loaded: libtensorflow.so.2: cannot open shared object file; run',
    );
  });

  it('is unavailable when the package belongs to another copy of TensorFlow.js', async () => {
    await expect(createNodeBackend({ find: found, load: async () => {} }).start()).rejects.toThrow(
      'node: @tensorflow/tfjs-node registered itself with another copy of TensorFlow.js',
    );
  });
});

describe('node backend over a package like tfjs-node', () => {
  it('is named after the package and the processor it uses', async () => {
    await tf.setBackend('cpu');
    const backend = await createNodeBackend({ find: found, load: loadFake }).start();
    expect(backend.device).toBe('@tensorflow/tfjs-node, CPU');
    expect(backend.limits.maxMemoryBytes).toBeGreaterThan(0);
    expect(tf.getBackend()).toBe('cpu');
  });

  it('does not claim to know the memory of a GPU', async () => {
    Reflect.set(tf.findBackend('tensorflow'), 'isUsingGpuDevice', true);
    const { device, limits } = await createNodeBackend({ find: found, load: loadFake }).start();
    expect(device).toBe('@tensorflow/tfjs-node, GPU');
    expect(limits.maxMemoryBytes).toBeUndefined();
    Reflect.set(tf.findBackend('tensorflow'), 'isUsingGpuDevice', false);
  });

  it('knows how native TensorFlow runs out of memory', async () => {
    const { isOutOfMemory } = await createNodeBackend({ find: found, load: loadFake }).start();
    expect(isOutOfMemory?.(new Error('OOM when allocating tensor with shape[1,2048,2048,96]'))).toBe(true);
    expect(isOutOfMemory?.(new Error('Invalid TF_Status: 3\nroom for improvement'))).toBe(false);
  });
});

describeBackend(createNodeBackend({ find: found, load: loadFake }), { describe, it, expect });
