import { expect, it } from 'vitest';
import { describeWebGPU } from '../../../../../tools/optional-suites';
import { webgpuBackend } from '../index.node';
import { largestDifference, runOnGpu, testValues } from '../testing/run-on-gpu';
import { productStep } from './product-step';

describeWebGPU('productStep', () => {
  it.each([
    ['128 rows high', 32_771],
    ['64 rows high', 16_387],
    ['32 rows high', 35],
  ])('multiplies in blocks %s', async (_, rows) => {
    const [terms, columns] = [3, 5];
    const [left, right, bias] = [
      testValues(rows * terms),
      testValues(terms * columns, 2),
      testValues(columns, 3),
    ];
    const step = productStep({ name: 'test', batch: 1, rows, terms, columns, bias: 'joined' });
    const expected = Float32Array.from({ length: rows * columns }, (_, index) => {
      const [row, column] = [Math.floor(index / columns), index % columns];
      const value = (t: number) => (left[row * terms + t] ?? 0) * (right[t * columns + column] ?? 0);
      return value(0) + value(1) + value(2) + (bias[column] ?? 0);
    });
    const actual = await runOnGpu(await webgpuBackend.start(), step, [left, right, bias]);
    // Three products below 1 and a bias, in float32.
    expect(largestDifference(actual, expected)).toBeLessThan(1e-6);
  });
});
