import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { RunningBackend } from '../backend/backend';
import { checkKernel } from './check-kernel';
import type { KernelCase } from './kernel-case';
import { tabulate } from './reference-array';

const backend: RunningBackend = {
  id: 'cpu',
  device: 'plain JavaScript',
  software: false,
  limits: { maxTensorBytes: 1 },
  tensorflowName: 'cpu',
  dispose: async () => {},
};

/** A "kernel" that gives these values where 1, 2, 3 are expected. */
function giving(values: number[]): KernelCase {
  return {
    name: 'test',
    compute: () => tf.tensor1d(values),
    expected: tabulate([3], ([i]) => i + 1),
    tolerance: 0,
  };
}

async function maxErrorOf(values: number[]): Promise<number> {
  await tf.setBackend('cpu');
  return (await checkKernel(backend, giving(values))).maxError;
}

describe('checkKernel', () => {
  it('measures the largest deviation, either way', async () => {
    expect(await maxErrorOf([1, 2, 3])).toBe(0);
    expect(await maxErrorOf([1.25, 1.5, 3])).toBe(0.5);
    expect(await maxErrorOf([1.25, 2.125, 3])).toBe(0.25);
  });

  it('takes no number and a missing number for infinitely wrong', async () => {
    expect(await maxErrorOf([1, Number.NaN, 3])).toBe(Number.POSITIVE_INFINITY);
    expect(await maxErrorOf([1, 2])).toBe(Number.POSITIVE_INFINITY);
  });

  it('reports both shapes', async () => {
    const { shape, expectedShape } = await checkKernel(backend, giving([1, 2]));
    expect([shape, expectedShape]).toEqual([[2], [3]]);
  });
});
