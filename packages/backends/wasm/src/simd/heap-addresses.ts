import { DiffIRError } from '@diffir/core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { asWasm } from '../kernels/heap-view';
import { isWasmHeap } from '../wasm-memory';

/** Where the values of a float32 tensor lie in WebAssembly's memory. */
export function addressOf(backend: object, tensor: TensorInfo): number {
  return asWasm(backend).dataIdMap.get(tensor.dataId).memoryOffset;
}

/** A tensor to write to; whatever its memory holds. */
export function newTensor(backend: object, shape: readonly number[]): TensorInfo {
  return asWasm(backend).makeOutput([...shape], 'float32');
}

/**
 * Lends some memory to `use` by its address.
 * @throws OutOfMemoryError when there is none left
 */
export function withScratch(backend: object, bytes: number, use: (address: number) => void): void {
  const { wasm } = asWasm(backend);
  if (!isWasmHeap(wasm)) throw new DiffIRError({ subject: 'wasm', problem: 'its module has no allocator' });
  const address = wasm._malloc(bytes);
  try {
    use(address);
  } finally {
    wasm._free(address);
  }
}
