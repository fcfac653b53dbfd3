import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { createWasmBackend } from '../wasm-backend';

const names = ['BatchMatMul', 'Conv2DBackpropFilter', 'Conv2DBackpropInput', 'UnsortedSegmentSum'];

function registered() {
  return names.map((name) => tf.getKernel(name, 'wasm')?.kernelFunc);
}

describe('registerKernels', () => {
  it('is done while a backend runs and undone with it, once however many share it', async () => {
    const warn = vi.spyOn(console, 'warn');
    await import('@tensorflow/tfjs-backend-wasm');
    const before = registered();
    const [first, second] = [createWasmBackend(), createWasmBackend()];
    const running = await first.start();
    const during = registered();
    expect(during).not.toContain(undefined);
    expect(during.filter((kernel) => before.includes(kernel))).toEqual([]);
    await (await second.start()).dispose();
    expect(registered()).toEqual(during);
    await running.dispose();
    expect(registered()).toEqual(before);
    expect(warn).not.toHaveBeenCalled();
  });
});
