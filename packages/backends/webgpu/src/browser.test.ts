import type { BackendProbe } from '@diffir/core';
import type { KernelCheck } from '@diffir/core/testing';
import { expect, it } from 'vitest';
import { runInBrowser } from '../../../../tools/browser';
import { describeBrowser } from '../../../../tools/optional-suites';

// By the package's name: what it exports to browsers must not lead to Node's side of it.
const source = `
  import { webgpuBackend } from '@diffir/backend-webgpu';
  import { checkKernels } from '@diffir/core/testing';

  export async function run() {
    const probe = await webgpuBackend.probe();
    const kernels = await checkKernels(await webgpuBackend.start());
    return { probe, kernels };
  }
`;

interface PageResult {
  readonly probe: BackendProbe;
  readonly kernels: readonly KernelCheck[];
}

describeBrowser('webgpu backend in Chromium', () => {
  it('is found, known for a software adapter, and computes right', async () => {
    const { result, console } = await runInBrowser<PageResult>({ source });
    expect(result.probe).toMatchObject({ available: true, software: true });
    expect(result.kernels.length).toBeGreaterThan(20);
    expect(result.kernels.filter(({ maxError, tolerance }) => !(maxError <= tolerance))).toEqual([]);
    expect(console).toEqual([]);
  });
});
