import type * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { compareWithCpu } from './compare-with-cpu';

/** Float32 sums of up to a few hundred products, relative to the largest. */
const TOLERANCE = 1e-5;

/** Checks a kernel on some inputs against the plain JavaScript backend. */
export function describeKernel(name: string, cases: Readonly<Record<string, () => tf.Tensor>>): void {
  describe(name, () => {
    it.each(Object.entries(cases))('%s', async (_, compute) => {
      const { shape, expectedShape, error } = await compareWithCpu(compute);
      expect(shape).toEqual(expectedShape);
      expect(error).toBeLessThanOrEqual(TOLERANCE);
    });
  });
}
