import { OutOfMemoryError } from '@diffir/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { guardAllocations, type WasmHeap, wasmLimits } from './wasm-memory';

const MiB = 2 ** 20;

/** A heap that counts instead of allocating; every pointer is the number of bytes below it. */
class CountingHeap implements WasmHeap {
  readonly allocated = new Map<number, number>();
  readonly HEAPU8 = new Uint8Array(0);
  top = 1024;

  constructor(readonly capacity: number) {
    Object.defineProperty(this, 'HEAPU8', { get: () => ({ length: this.capacity }) });
  }

  _malloc = (bytes: number): number => {
    const used = [...this.allocated.values()].reduce((sum, size) => sum + size, 0);
    if (used + bytes > this.capacity) return 0;
    const pointer = this.top;
    this.top += 1;
    this.allocated.set(pointer, bytes);
    return pointer;
  };

  _free = (pointer: number): void => {
    this.allocated.delete(pointer);
  };
}

describe('guardAllocations', () => {
  let heap: CountingHeap;

  beforeEach(() => {
    // A heap grown to its limit, so that what is left is all there is.
    heap = new CountingHeap(2 ** 32 - 2 ** 16);
    guardAllocations(heap);
  });

  it('passes allocations and frees through, and keeps nothing for itself', () => {
    const pointer = heap._malloc(100 * MiB);
    expect([...heap.allocated]).toEqual([[pointer, 100 * MiB]]);
    heap._free(pointer);
    expect(heap.allocated.size).toBe(0);
  });

  it('throws where the module would hand out a null pointer', () => {
    const tensors = [heap._malloc(2000 * MiB), heap._malloc(1700 * MiB)];
    expect(() => heap._malloc(500 * MiB)).toThrow(OutOfMemoryError);
    expect(heap.allocated.size).toBe(tensors.length);
  });

  it('stops while kernels still have room for their own allocations', () => {
    heap._malloc(2000 * MiB);
    heap._malloc(1700 * MiB);
    // 396 MiB are left, of which 256 belong to the kernels.
    expect(() => heap._malloc(150 * MiB)).toThrow(
      'wasm: no 150 MiB left in the 4 GiB that WebAssembly can address',
    );
    expect(heap.allocated.size).toBe(2);
    expect(heap._malloc(100 * MiB)).toBeGreaterThan(0);
  });

  it('refuses what is too large for the allocator to refuse properly', () => {
    expect(() => heap._malloc(wasmLimits.maxTensorBytes + 1)).toThrow(OutOfMemoryError);
    expect(heap._malloc(wasmLimits.maxTensorBytes)).toBeGreaterThan(0);
  });

  it('allows empty tensors, for which a null pointer is fine', () => {
    heap = new CountingHeap(2 ** 32 - 2 ** 16);
    const malloc = heap._malloc;
    heap._malloc = (bytes) => (bytes === 0 ? 0 : malloc(bytes));
    guardAllocations(heap);
    expect(heap._malloc(0)).toBe(0);
  });
});
