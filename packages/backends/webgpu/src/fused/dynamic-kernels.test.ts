import { expect, it } from 'vitest';
import { describeWebGPU } from '../../../../../tools/optional-suites';
import { webgpuBackend } from '../index.node';
import { compareFused } from '../testing/compare-fused';
import { describeCase, oddCases, widthCases } from '../testing/width-cases';

/** Float32 rounding of sums over up to 1126 terms, in another order than the composition's. */
const TOLERANCE = 1e-5;

describeWebGPU('fused halves of a dynamic block', () => {
  it.each([...widthCases(), ...oddCases()].map((each) => [describeCase(each), each] as const))(
    'equal their composition: %s',
    async (_, fusedCase) => {
      expect(await compareFused(await webgpuBackend.start(), fusedCase)).toBeLessThanOrEqual(TOLERANCE);
    },
  );
});
