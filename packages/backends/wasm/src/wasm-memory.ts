import { type BackendLimits, OutOfMemoryError } from '@diffir/core';

const KiB = 2 ** 10;
const MiB = 2 ** 20;

/** What the module's memory can grow to: 4 GiB less a 64 KiB page, its own `emscripten_get_heap_max`. */
const heapBytes = 2 ** 32 - 64 * KiB;

/**
 * Kept free for what kernels allocate inside the module (XNNPACK's packed weights and indirection
 * buffers, 36 bytes a pixel in a 3×3 convolution): a failure there goes unnoticed and leaves garbage in
 * the output. 256 MiB covers convolutions over 7 megapixels.
 */
const reserveBytes = 256 * MiB;

/**
 * The allocator asks for memory in steps of a signed 32-bit number: for requests near 2 GiB and beyond it
 * misses the overflow and returns an address outside the memory. One MiB below is safe.
 */
const maxRequestBytes = 2 ** 31 - MiB;

export const wasmLimits: BackendLimits = {
  maxTensorBytes: maxRequestBytes,
  maxMemoryBytes: heapBytes - reserveBytes,
};

/** The parts of TensorFlow.js's WebAssembly module that allocation goes through. */
export interface WasmHeap {
  _malloc: (bytes: number) => number;
  _free: (pointer: number) => void;
  /** A view of the whole memory; replaced when it grows. */
  readonly HEAPU8: Uint8Array;
}

/** Whether a module has the allocator that `guardAllocations` guards. */
export function isWasmHeap(module: object): module is WasmHeap {
  return '_malloc' in module && '_free' in module && 'HEAPU8' in module;
}

/**
 * Makes the module throw an OutOfMemoryError where it would return a null pointer. TensorFlow.js does not
 * look: it would write the tensor over the module's own data at address 0.
 */
export function guardAllocations(heap: WasmHeap): void {
  // The module replaces its own `_malloc` at the first call; replace what comes after that.
  heap._free(heap._malloc(1));
  const malloc = heap._malloc;

  const allocate = (bytes: number): number | undefined => {
    if (bytes > maxRequestBytes) return undefined;
    // Pointers come as signed numbers.
    const pointer = malloc(bytes) >>> 0;
    return pointer === 0 && bytes > 0 ? undefined : pointer;
  };

  const hasReserve = (): boolean => {
    if (heapBytes - heap.HEAPU8.length >= reserveBytes) return true;
    const pointer = allocate(reserveBytes);
    if (pointer !== undefined) heap._free(pointer);
    return pointer !== undefined;
  };

  heap._malloc = (bytes) => {
    const pointer = allocate(bytes);
    if (pointer !== undefined && hasReserve()) return pointer;
    if (pointer !== undefined) heap._free(pointer);
    throw new OutOfMemoryError({
      subject: 'wasm',
      problem: `no ${Math.ceil(bytes / MiB)} MiB left in the 4 GiB that WebAssembly can address`,
      remedy: 'use smaller tiles or another backend',
    });
  };
}
