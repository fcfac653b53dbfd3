import {
  type BackendDefinition,
  type BackendProbe,
  BackendUnavailableError,
  backendRanks,
  findTensorflowBackend,
  installTensorflowBackend,
  isAllocationFailure,
  kernelNames,
  type RunningBackend,
  registerKernels,
  startOnce,
} from '@diffir/core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { composedKernels } from './kernels/composed-kernels';
import { kernelsWithSimd } from './simd/kernels-with-simd';
import { loadSimdKernels } from './simd/simd-kernels';
import { useThreadScript } from './thread-script';
import { describeWasm, detectWasmFeatures, type WasmFeatures } from './wasm-features';
import { guardAllocations, isWasmHeap, wasmLimits } from './wasm-memory';

/** The files TensorFlow.js may ask for; which one depends on the engine. */
export type WasmFile =
  | 'tfjs-backend-wasm.wasm'
  | 'tfjs-backend-wasm-simd.wasm'
  | 'tfjs-backend-wasm-threaded-simd.wasm';

export interface WasmBackendOptions {
  /**
   * Where the .wasm files of `@tensorflow/tfjs-backend-wasm/dist` are served: a folder's URL ending in
   * a slash, or a URL for each. Default: in Node that package itself; in the browser beside the page.
   * After a failed start TensorFlow.js accepts no other until the page is loaded anew.
   */
  readonly wasmPaths?: string | Readonly<Record<WasmFile, string>>;
  /**
   * Where `tfjs-backend-wasm-threaded-simd.js` of `@tensorflow/tfjs-backend-wasm/wasm-out` is served, for the
   * threads. Needed where a bundler minifies: see `useThreadScript`. Default: the code that is loaded.
   */
  readonly threadScript?: string;
  /**
   * Threads in cross-origin isolated pages and workers, at most as many as there are logical cores. Default: half
   * as many, but two if there are two.
   */
  readonly threads?: number;
}

const tensorflowName = 'wasm';
/** TensorFlow.js's own priority for it. */
const tensorflowPriority = 2;

/**
 * The WebAssembly backend, with one thread in Node and in pages that are not cross-origin isolated.
 * @example
 * const backend = createWasmBackend({ wasmPaths: '/assets/wasm/' });
 */
export function createWasmBackend(options: WasmBackendOptions = {}): BackendDefinition {
  return {
    id: 'wasm',
    description: 'WebAssembly on the CPU, through XNNPACK',
    rank: backendRanks.wasm,
    probe: async () => probe(options),
    start: startOnce(() => start(options)),
  };
}

/** The WebAssembly backend with default options. */
export const wasmBackend: BackendDefinition = createWasmBackend();

function probe({ threads }: WasmBackendOptions): BackendProbe {
  const features = detectWasmFeatures();
  if (features === undefined) {
    return { available: false, reason: 'there is no WebAssembly here', remedy: 'use a newer browser' };
  }
  const device = describeWasm({ ...features, threads: threadsToUse(features, threads) });
  return { available: true, device, software: false, limits: wasmLimits };
}

function threadsToUse({ threads, mostThreads }: WasmFeatures, wanted = threads): number {
  return Math.min(wanted, mostThreads);
}

async function start(options: WasmBackendOptions): Promise<RunningBackend> {
  const features = detectWasmFeatures();
  if (features === undefined) {
    throw new BackendUnavailableError({ subject: 'wasm', problem: 'there is no WebAssembly here' });
  }
  const module = await import('@tensorflow/tfjs-backend-wasm');
  const threads = threadsToUse(features, options.threads);
  let uninstall = () => {};
  if (findTensorflowBackend(tensorflowName) === undefined) {
    const backend = await instantiate(module, { ...options, threads }, features);
    if (isWasmHeap(backend.wasm)) guardAllocations(backend.wasm);
    const uninstallBackend = installTensorflowBackend(tensorflowName, backend, tensorflowPriority);
    const simd = await loadSimdKernels(backend.wasm, threads);
    const unregister = registerKernels(tensorflowName, [
      composedKernels,
      ...(simd === undefined ? [] : [kernelsWithSimd(simd)]),
    ]);
    uninstall = () => {
      simd?.end();
      unregister();
      uninstallBackend();
    };
  }
  return {
    id: 'wasm',
    device: describeWasm({ ...features, threads }),
    software: false,
    limits: { ...wasmLimits, fusesOps: tf.getKernel(kernelNames.gatedGelu, tensorflowName) !== undefined },
    tensorflowName,
    isOutOfMemory: isAllocationFailure,
    dispose: async () => uninstall(),
  };
}

type WasmModule = typeof import('@tensorflow/tfjs-backend-wasm');

async function instantiate(
  module: WasmModule,
  { wasmPaths, threads, threadScript }: WasmBackendOptions,
  features: WasmFeatures,
): Promise<BackendWasm> {
  try {
    if (wasmPaths !== undefined) module.setWasmPaths(wasmPaths);
    if (threads !== undefined) module.setThreadsCount(threads);
    const threaded = features.simd && globalThis.crossOriginIsolated === true;
    if (threadScript !== undefined && threaded) await useThreadScript(threadScript);
    const backend = await tf.findBackendFactory(tensorflowName)();
    if (backend instanceof module.BackendWasm) return backend;
  } catch (cause) {
    throw new BackendUnavailableError({
      subject: 'wasm',
      problem: 'the WebAssembly module could not be loaded',
      remedy: 'serve the .wasm files of @tensorflow/tfjs-backend-wasm/dist and say where with wasmPaths',
      cause,
    });
  }
  throw new BackendUnavailableError({
    subject: 'wasm',
    problem: 'another backend is registered with TensorFlow.js under the name wasm',
  });
}
