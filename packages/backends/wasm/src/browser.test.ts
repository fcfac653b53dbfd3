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
  import { gatedGelu, normalizeChannels, withBackend } from '@diffir/core';
  import { checkKernels } from '@diffir/core/testing';
  import * as tf from '@tensorflow/tfjs';

  // What workers are started, by name.
  const workers = [];
  globalThis.Worker = class extends Worker {
    constructor(address, options) {
      super(address, options);
      workers.push(options?.name);
    }
  };

  // Large enough to be shared by threads, in parts that are not equal.
  const noise = (shape, seed) => tf.randomUniform(shape, -1, 1, 'float32', seed);
  const large = {
    product: () => tf.matMul(noise([517, 301], 1), noise([301, 29], 2)),
    products: () => tf.matMul(noise([3, 117, 301], 1), noise([3, 301, 29], 2)),
    convolution: () => tf.conv2d(noise([1, 67, 45, 12], 1), noise([3, 3, 12, 20], 2), 1, 'same'),
    strided: () => tf.conv2d(noise([2, 67, 45, 12], 1), noise([3, 3, 12, 20], 2), 2, 'same'),
    depthwise: () => tf.depthwiseConv2d(noise([1, 67, 45, 12], 1), noise([3, 3, 12, 1], 2), 1, 'same'),
    gelu: () => gatedGelu(noise([1, 67, 45, 13], 1), noise([1, 67, 45, 13], 2)),
    norm: () => normalizeChannels(noise([1, 67, 45, 13], 1), 'WithBias'),
  };

  async function errorsOfLarge(backend) {
    await tf.setBackend('cpu');
    return Object.entries(large).map(([name, compute]) => {
      const expected = tf.tidy(compute).dataSync();
      const actual = withBackend(backend, () => tf.tidy(compute)).dataSync();
      const error = Math.max(...expected.map((value, index) => Math.abs(value - actual[index])));
      return { name, error: error / Math.max(...expected.map(Math.abs)) };
    });
  }

  export async function run(options) {
    const definition = createWasmBackend(options);
    const probe = await definition.probe();
    try {
      const backend = await definition.start();
      const kernels = await checkKernels(backend);
      const largeErrors = await errorsOfLarge(backend);
      const started = [...workers];
      await backend.dispose();
      return { probe, device: backend.device, kernels, largeErrors, workers: started };
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
  readonly largeErrors?: readonly { readonly name: string; readonly error: number }[];
  readonly workers?: readonly (string | undefined)[];
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
    ['an ordinary page', false, {}, 0],
    ['a cross-origin isolated page', true, { threads: 2 }, 1],
    ['a cross-origin isolated page with one thread', true, { threads: 1 }, 0],
    ["a cross-origin isolated page, with the threads' own script", true, { threads: 2, threadScript }, 1],
  ])('computes right in %s', async (_, isolated, options, helpers) => {
    const { result, console } = await runPage({ wasmPaths: '/wasm/', ...options }, { isolated });
    expect(result.probe).toMatchObject({ available: true, software: false, device: result.device });
    expect(result.device).toMatch(/^WebAssembly SIMD, \d+ threads?$/);
    expect(result.kernels?.length).toBeGreaterThan(20);
    expect(result.kernels?.filter(({ maxError, tolerance }) => !(maxError <= tolerance))).toEqual([]);
    // Float32 sums of a few hundred products, relative to the largest.
    expect(result.largeErrors?.filter(({ error }) => !(error <= 1e-5))).toEqual([]);
    expect(result.largeErrors?.length).toBe(7);
    expect(result.workers?.filter((name) => name === 'diffir kernels').length).toBe(helpers);
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
