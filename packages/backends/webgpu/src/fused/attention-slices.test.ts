import { expect, it } from 'vitest';
import { describeWebGPU } from '../../../../../tools/optional-suites';
import { webgpuBackend } from '../index.node';
import { runOnGpu, testValues } from '../testing/run-on-gpu';
import { gramStep } from './gram-step';
import { softmaxStep } from './softmax-step';

describeWebGPU('attention over more slices than workgroups fit in a dimension', () => {
  it('reaches every slice', async () => {
    const images = 66_000;
    const sizes = { images, pixels: 1, channels: 1, heads: 1, stride: 2, keyOffset: 1 };
    const [gram, softmax] = [gramStep(sizes), softmaxStep(sizes, { lanes: 4, subgroups: false })];
    expect(gram.workgroups[2]).toBe(2);
    expect(softmax.workgroups[1]).toBe(2);
    const backend = await webgpuBackend.start();
    const x = testValues(2 * images);
    const sums = await runOnGpu(backend, gram, [x]);
    const expected = Float32Array.from({ length: 3 * images }, (_, i) => {
      const [q, k] = [x[2 * Math.floor(i / 3)] ?? 0, x[2 * Math.floor(i / 3) + 1] ?? 0];
      return [q * k, q * q, k * k][i % 3] ?? 0;
    });
    expect(sums).toEqual(expected);
    // The only channel has all the attention.
    const attention = await runOnGpu(backend, softmax, [sums, [1]]);
    expect(attention.length).toBe(images);
    expect(attention.every((weight) => weight === 1)).toBe(true);
  });
});
