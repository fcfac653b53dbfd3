import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BackendProbe } from '@diffir/core';
import type { KernelCheck } from '@diffir/core/testing';
import { expect, it } from 'vitest';
import { runInBrowser } from '../../../../tools/browser';
import { describeBrowser } from '../../../../tools/optional-suites';
import type { WasmBackendOptions } from './wasm-backend';

const source = `
  import { createWasmBackend } from '@diffir/backend-wasm';
  import { DiffIRError } from '@diffir/core';
  import { checkKernels } from '@diffir/core/testing';

  export async function run(options) {
    const definition = createWasmBackend(options);
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

function runPage(argument: WasmBackendOptions, { isolated }: { isolated: boolean }) {
  const folders = { '/wasm/': wasmFolder, '/wasm-out/': join(wasmFolder, '..', 'wasm-out') };
  return runInBrowser<PageResult>({ source, argument, isolated, folders });
}

describeBrowser('wasm backend in Chromium', () => {
  const threadScript = '/wasm-out/tfjs-backend-wasm-threaded-simd.js';

  it.each([
    ['an ordinary page', false, {}],
    ['a cross-origin isolated page', true, {}],
    ["a cross-origin isolated page, with the threads' own script", true, { threadScript }],
  ])('computes right in %s', async (_, isolated, options) => {
    const { result, console } = await runPage({ wasmPaths: '/wasm/', ...options }, { isolated });
    // However many threads the probe foretells, they are what TensorFlow.js then starts.
    expect(result.probe).toMatchObject({ available: true, software: false, device: result.device });
    expect(result.device).toMatch(/^WebAssembly SIMD, \d+ threads?$/);
    expect(result.kernels?.length).toBeGreaterThan(20);
    expect(result.kernels?.filter(({ maxError, tolerance }) => !(maxError <= tolerance))).toEqual([]);
    expect(console).toEqual([]);
  });

  it('does not start without the script that its threads are to run', async () => {
    const options = { wasmPaths: '/wasm/', threadScript: '/nowhere/threads.js' };
    const { result } = await runPage(options, { isolated: true });
    expect(result.failure).toMatch(
      /^BackendUnavailableError: wasm: the WebAssembly module could not be loaded/,
    );
    expect((await runPage(options, { isolated: false })).result.failure).toBeUndefined();
  });

  it('says what is missing when the .wasm files are not where they should be', async () => {
    const { result } = await runPage({ wasmPaths: '/nowhere/' }, { isolated: false });
    expect(result.failure).toBe(
      'BackendUnavailableError: wasm: the WebAssembly module could not be loaded; serve the .wasm files of @tensorflow/tfjs-backend-wasm/dist and say where with wasmPaths',
    );
  });
});
