import { DiffIRError } from '@diffir/core';
import { isWasmHeap } from '../wasm-memory';
import { type KernelThreads, startKernelThreads } from './kernel-threads';
import { compileKernels } from './simd-module';

/** Kernels that compute; their parameters, addresses and sizes, are described in `assembly/`. */
const kernelList = [
  'columnSums',
  'convolution',
  'convolutionFilterGradient',
  'depthwiseConvolution',
  'depthwiseFilterGradient',
  'gatedGelu',
  'gatedGeluGradient',
  'matrixProduct',
  'normalizeChannels',
  'normalizeChannelsGradient',
] as const;

export type KernelName = (typeof kernelList)[number];

/** Functions that say how much scratch a kernel needs. */
type ScratchName =
  | 'convolutionFilterGradientScratch'
  | 'convolutionScratch'
  | 'depthwiseConvolutionScratch'
  | 'matrixProductScratch';

/** Our kernels over the memory of TensorFlow.js' module. */
export interface SimdKernels {
  /** How many calls are computed at once. */
  readonly threads: number;
  /**
   * Computes calls of a kernel that do not depend on each other. Call number i runs together with those up to the next
   * multiple of `threads`, so numbers that differ by it may share scratch.
   */
  run(kernel: KernelName, calls: readonly (readonly number[])[]): void;
  /** Bytes of scratch that a call needs. */
  scratchBytes(kernel: ScratchName, ...sizes: number[]): number;
  /** Ends the threads. */
  end(): void;
}

/**
 * Instantiates our kernels, with further threads where the memory can be shared with them. Undefined where they
 * cannot run: without SIMD.
 * @param threads how many to use at most, this one among them
 */
export async function loadSimdKernels(module: object, threads: number): Promise<SimdKernels | undefined> {
  const memory = memoryOf(module);
  if (memory === undefined) return undefined;
  const shared = !(memory.buffer instanceof ArrayBuffer);
  const code = await compileKernels({ shared });
  if (code === undefined) return undefined;
  const { exports } = await WebAssembly.instantiate(code, { env: { memory } });
  const helpers =
    shared && threads > 1 && isWasmHeap(module)
      ? await startKernelThreads({ memory, code, kernels: kernelList, count: threads - 1, heap: module })
      : undefined;
  return createKernels(exports, helpers);
}

function createKernels(exports: WebAssembly.Exports, helpers: KernelThreads | undefined): SimdKernels {
  const kernels = kernelList.map((name) => functionOf(exports, name));
  const threads = 1 + (helpers?.count ?? 0);
  return {
    threads,
    run(kernel, calls) {
      const index = kernelList.indexOf(kernel);
      for (let first = 0; first < calls.length; first += threads) {
        const [own = [], ...others] = calls.slice(first, first + threads);
        if (others.length > 0) helpers?.begin(index, others);
        kernels[index]?.(...own);
        if (others.length > 0) helpers?.finish();
      }
    },
    scratchBytes: (name, ...sizes) => functionOf(exports, name)(...sizes),
    end: () => helpers?.end(),
  };
}

/** The module exports its memory; that for threads is given one, which it keeps beside its exports. */
function memoryOf(module: object): WebAssembly.Memory | undefined {
  const exported = 'asm' in module ? propertyOf(module.asm, 'memory') : undefined;
  const memory = exported ?? propertyOf(module, 'wasmMemory');
  return memory instanceof WebAssembly.Memory ? memory : undefined;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

type ExportedFunction = (...values: number[]) => number;

function functionOf(exports: WebAssembly.Exports, name: string): ExportedFunction {
  const kernel = exports[name];
  if (isFunction(kernel)) return kernel;
  throw new DiffIRError({ subject: 'wasm', problem: `its kernels lack ${name}` });
}

function isFunction(value: unknown): value is ExportedFunction {
  return typeof value === 'function';
}
