import { OutOfMemoryError, readTensor, withBackend } from '@diffir/core';
import { describeBackend } from '@diffir/core/testing';
import * as tf from '@tensorflow/tfjs';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { describe, expect, it, vi } from 'vitest';
import { createWasmBackend, wasmBackend } from './wasm-backend';
import { isWasmHeap } from './wasm-memory';

describeBackend(wasmBackend, { describe, it, expect });

describe('wasm backend', () => {
  it('says what it computes with', async () => {
    const backend = await wasmBackend.start();
    expect(backend.device).toBe('WebAssembly SIMD, 1 thread');
    expect(await wasmBackend.probe()).toMatchObject({ device: backend.device, software: false });
  });

  it('is unavailable without WebAssembly, and says so from probe and start', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    const bare = createWasmBackend();
    expect(await bare.probe()).toEqual({
      available: false,
      reason: 'there is no WebAssembly here',
      remedy: 'use a newer browser',
    });
    await expect(bare.start()).rejects.toThrow('wasm: there is no WebAssembly here');
    vi.unstubAllGlobals();
  });

  it('reports a full memory as OutOfMemoryError, and goes on when there is room again', async () => {
    const backend = await wasmBackend.start();
    const image = withBackend(backend, () => tf.ones<tf.Rank.R4>([1, 512, 512, 8]));
    const kernel = withBackend(backend, () => tf.ones<tf.Rank.R4>([3, 3, 8, 8]));
    const convolve = () => withBackend(backend, () => tf.conv2d(image, kernel, 1, 'same'));

    const release = fillMemory(backend.tensorflowName);
    expect(convolve).toThrow(OutOfMemoryError);
    release();

    const output = convolve();
    const values = await readTensor(backend, output);
    // The corner sees 4 of 9 neighbours, the middle all, each with 8 channels.
    expect([values[0], values[8 * (512 * 256 + 256)]]).toEqual([32, 72]);
    tf.dispose([image, kernel, output]);
  });
});

/** Allocates, without touching it, all that the guard allows; returns a function that frees it. */
function fillMemory(tensorflowName: string): () => void {
  const instance = tf.findBackend(tensorflowName);
  if (!(instance instanceof BackendWasm) || !isWasmHeap(instance.wasm))
    throw new TypeError('not the wasm backend');
  const heap = instance.wasm;
  const pointers: number[] = [];
  for (let bytes = 2 ** 30; bytes >= 2 ** 20; bytes /= 2) {
    try {
      for (;;) pointers.push(nonNull(heap._malloc(bytes)));
    } catch (error) {
      if (!OutOfMemoryError.isInstance(error)) throw error;
    }
  }
  return () => {
    for (const pointer of pointers) heap._free(pointer);
  };
}

function nonNull(pointer: number): number {
  if (pointer === 0) throw new RangeError('a null pointer was handed out');
  return pointer;
}
