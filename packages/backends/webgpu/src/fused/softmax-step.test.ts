import { expect, it } from 'vitest';
import { describeWebGPU } from '../../../../../tools/optional-suites';
import { webgpuBackend } from '../index.node';
import { gpuOf, largestDifference, runOnGpu, testValues } from '../testing/run-on-gpu';
import { gramPlan } from './gram-step';
import { softmaxStep } from './softmax-step';

describeWebGPU('softmaxStep', () => {
  const sizes = { images: 2, pixels: 300, channels: 12, heads: 2, stride: 36, keyOffset: 12 };

  it('gives the same by subgroup instructions as by workgroup memory', async ({ skip }) => {
    const backend = await webgpuBackend.start();
    const { features } = gpuOf(backend).device;
    if (![...features].includes('subgroups')) skip('the device has no subgroups');
    const { splits, size } = gramPlan(sizes);
    // Squared norms are positive.
    const sums = testValues(sizes.images * sizes.heads * splits * size).map(Math.abs);
    const inputs = [sums, testValues(sizes.heads)];
    // SwiftShader's subgroups have four lanes.
    const lanes = 4;
    const [shared, grouped] = [
      await runOnGpu(backend, softmaxStep(sizes, { lanes, subgroups: false }), inputs),
      await runOnGpu(backend, softmaxStep(sizes, { lanes, subgroups: true }), inputs),
    ];
    // The order of the sums differs.
    expect(largestDifference(grouped, shared)).toBeLessThan(1e-6);
    const queries = Array.from({ length: 6 }, (_, query) => query);
    const total = (query: number) => queries.reduce((sum, key) => sum + (grouped[key * 6 + query] ?? 0), 0);
    for (const query of queries) expect(total(query)).toBeCloseTo(1, 5);
  });
});
