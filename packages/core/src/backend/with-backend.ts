import * as tf from '@tensorflow/tfjs-core';
import { BackendUnavailableError } from '../errors/backend-unavailable-error';
import { OptionError } from '../errors/option-error';
import { OutOfMemoryError } from '../errors/out-of-memory-error';
import type { RunningBackend } from './backend';
import { findTensorflowBackend } from './tensorflow-backend';

/**
 * Runs a synchronous piece of TensorFlow.js code on a backend and returns to the backend that was
 * current before, so that work for several backends can take turns in one process. May be nested.
 * Reading results back is asynchronous and belongs outside: see `readTensor`.
 * @throws OutOfMemoryError when `compute` threw and the backend knows that as running out of memory.
 * @throws BackendUnavailableError when the backend has been disposed.
 * @throws OptionError when `compute` returns a promise: what it does later would run on another backend.
 */
export function withBackend<T>(backend: RunningBackend, compute: () => T): T {
  const previous = tf.engine().backendName;
  if (previous === backend.tensorflowName) return computeOn(backend, compute);
  makeCurrent(backend);
  try {
    return computeOn(backend, compute);
  } finally {
    if (previous && findTensorflowBackend(previous) !== undefined) void tf.setBackend(previous);
  }
}

/**
 * Reads a tensor's values back, whichever backend is current.
 * @throws OutOfMemoryError, BackendUnavailableError or DiffIRError when the device failed while computing
 * them (see `RunningBackend.throwPendingError`).
 */
export async function readTensor(backend: RunningBackend, tensor: tf.Tensor): Promise<Float32Array> {
  try {
    const values = await tensor.data<'float32'>();
    backend.throwPendingError?.();
    return values;
  } catch (error) {
    // The device's own account of a failed readback is more telling than the readback's.
    backend.throwPendingError?.();
    throw explain(backend, error);
  }
}

function makeCurrent(backend: RunningBackend): void {
  if (findTensorflowBackend(backend.tensorflowName) === undefined) {
    throw new BackendUnavailableError({
      subject: backend.id,
      problem: 'the backend has been disposed',
      remedy: 'start it again',
    });
  }
  // Synchronous in effect for an initialised backend, though it returns a promise.
  void tf.setBackend(backend.tensorflowName);
}

function computeOn<T>(backend: RunningBackend, compute: () => T): T {
  let result: T;
  try {
    result = compute();
  } catch (error) {
    throw explain(backend, error);
  }
  if (result instanceof Promise) {
    throw new OptionError({
      subject: 'withBackend',
      problem: 'the function returned a promise',
      remedy: 'pass a synchronous function and await outside it',
    });
  }
  return result;
}

function explain(backend: RunningBackend, error: unknown): unknown {
  if (OutOfMemoryError.isInstance(error) || backend.isOutOfMemory?.(error) !== true) return error;
  return new OutOfMemoryError({
    subject: backend.id,
    problem: `out of memory on ${backend.device}`,
    remedy: 'use smaller tiles or another backend',
    cause: error,
  });
}
