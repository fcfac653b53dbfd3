import { expect, it } from 'vitest';
import { runInBrowser } from '../../../../../tools/browser';
import { describeBrowser } from '../../../../../tools/optional-suites';
import { describeCase, oddCases, widthCases } from '../testing/width-cases';

const source = `
  import { webgpuBackend } from '@diffir/backend-webgpu';
  import { compareFused } from './packages/backends/webgpu/src/testing/compare-fused';

  export async function run(cases) {
    const backend = await webgpuBackend.start();
    const errors = [];
    for (const each of cases) errors.push(await compareFused(backend, each));
    return errors;
  }
`;

/** Of every width one half for one image and the other for three: Node runs them all. */
const cases = [
  ...widthCases().filter(({ half, batch }) => (half === 'attention') === (batch === 3)),
  ...oddCases(),
];

/** As in Node: float32 rounding of sums in another order. */
const TOLERANCE = 1e-5;

describeBrowser('fused halves of a dynamic block in Chromium', () => {
  it('equal their composition at every width', { timeout: 600_000 }, async () => {
    const { result } = await runInBrowser<number[]>({ source, argument: cases });
    expect(result).toHaveLength(cases.length);
    // Written so that NaN, which JSON makes null, is a failure.
    const failures = cases.filter((_, index) => !((result[index] ?? Number.NaN) <= TOLERANCE));
    expect(failures.map(describeCase)).toEqual([]);
  });
});
