import { DiffIRError } from '@diffir/core';
import { relaxedSimdCode, simdCode } from './simd-code';

const names = [
  'columnSums',
  'convolution',
  'convolutionFilterGradient',
  'convolutionFilterGradientScratch',
  'convolutionScratch',
  'depthwiseConvolution',
  'depthwiseConvolutionScratch',
  'depthwiseFilterGradient',
  'gatedGelu',
  'gatedGeluGradient',
  'matrixProduct',
  'matrixProductScratch',
  'normalizeChannels',
  'normalizeChannelsGradient',
] as const;

/** A function of addresses and sizes. */
type SimdKernel = (...values: number[]) => number;

/** The kernels that `assembly/` is compiled to; their parameters are described there. */
export type SimdKernels = Readonly<Record<(typeof names)[number], SimdKernel>>;

/**
 * Instantiates our kernels over the memory of TensorFlow.js' module. Undefined where they cannot run: without
 * SIMD, and over memory that threads share.
 */
export async function loadSimdKernels(module: object): Promise<SimdKernels | undefined> {
  const memory = memoryOf(module);
  if (memory === undefined) return undefined;
  const code = [relaxedSimdCode, simdCode].map(decodeKernels).find((bytes) => WebAssembly.validate(bytes));
  if (code === undefined) return undefined;
  const { instance } = await WebAssembly.instantiate(code, { env: { memory } });
  const kernels = names.map((name) => [name, kernelOf(instance.exports, name)] as const);
  return Object.fromEntries(kernels) as SimdKernels;
}

/** The module exports its memory unless it is built for threads: then it is given one. */
function memoryOf(module: object): WebAssembly.Memory | undefined {
  if (!('asm' in module) || typeof module.asm !== 'object' || module.asm === null) return undefined;
  const memory = 'memory' in module.asm ? module.asm.memory : undefined;
  return memory instanceof WebAssembly.Memory ? memory : undefined;
}

/** The module that `simd-code.ts` holds in base64. */
export function decodeKernels(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function kernelOf(exports: WebAssembly.Exports, name: string): SimdKernel {
  const kernel = exports[name];
  if (isKernel(kernel)) return kernel;
  throw new DiffIRError({ subject: 'wasm', problem: `its kernels lack ${name}` });
}

function isKernel(value: unknown): value is SimdKernel {
  return typeof value === 'function';
}
