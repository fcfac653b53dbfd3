import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { BackendProbe } from '@diffir/core';
import type { KernelCheck } from '@diffir/core/testing';
import { expect, it } from 'vitest';
import { runInBrowser } from '../../../../tools/browser';
import { describeBrowser } from '../../../../tools/optional-suites';

const source = `
  import { createWasmBackend } from '@diffir/backend-wasm';
  import { DiffIRError } from '@diffir/core';
  import { checkKernels } from '@diffir/core/testing';

  export async function run(wasmPaths: string) {
    const definition = createWasmBackend({ wasmPaths });
    const probe = await definition.probe();
    try {
      const backend = await definition.start();
      return { probe, device: backend.device, kernels: await checkKernels(backend) };
    } catch (error) {
      if (DiffIRError.isInstance(error)) return { probe, failure: error.name + ': ' + error.message };
      throw error;
    }
  }
`;

interface PageResult {
  readonly probe: BackendProbe;
  readonly device?: string;
  readonly kernels?: readonly KernelCheck[];
  readonly failure?: string;
}

const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));

function runPage(wasmPaths: string, { isolated }: { isolated: boolean }) {
  const folders = { '/wasm/': wasmFolder };
  return runInBrowser<PageResult>({ source, argument: wasmPaths, isolated, folders });
}

describeBrowser('wasm backend in Chromium', () => {
  it.each([
    ['an ordinary page', false],
    ['a cross-origin isolated page', true],
  ])('computes right in %s', async (_, isolated) => {
    const { result, console } = await runPage('/wasm/', { isolated });
    // However many threads the probe foretells, they are what TensorFlow.js then starts.
    expect(result.probe).toMatchObject({ available: true, software: false, device: result.device });
    expect(result.device).toMatch(/^WebAssembly SIMD, \d+ threads?$/);
    expect(result.kernels?.length).toBeGreaterThan(20);
    expect(result.kernels?.filter(({ maxError, tolerance }) => !(maxError <= tolerance))).toEqual([]);
    expect(console).toEqual([]);
  });

  it('says what is missing when the .wasm files are not where they should be', async () => {
    const { result } = await runPage('/nowhere/', { isolated: false });
    expect(result.failure).toBe(
      'BackendUnavailableError: wasm: the WebAssembly module could not be loaded; serve the .wasm files of @tensorflow/tfjs-backend-wasm/dist and say where with wasmPaths',
    );
  });
});
