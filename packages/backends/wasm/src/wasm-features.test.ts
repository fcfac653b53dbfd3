import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeWasm, detectWasmFeatures } from './wasm-features';

describe('detectWasmFeatures', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('finds SIMD and one thread in Node', () => {
    expect(detectWasmFeatures()).toEqual({ simd: true, threads: 1, mostThreads: 1 });
  });

  it('counts half the logical cores, or two, in cross-origin isolated pages', () => {
    vi.stubGlobal('crossOriginIsolated', true);
    vi.stubGlobal('navigator', { hardwareConcurrency: 6 });
    expect(detectWasmFeatures()).toEqual({ simd: true, threads: 3, mostThreads: 6 });
    vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
    expect(detectWasmFeatures()).toEqual({ simd: true, threads: 2, mostThreads: 2 });
    vi.stubGlobal('navigator', { hardwareConcurrency: 1 });
    expect(detectWasmFeatures()).toEqual({ simd: true, threads: 1, mostThreads: 1 });
  });

  it('has no threads without SIMD', () => {
    vi.stubGlobal('crossOriginIsolated', true);
    vi.stubGlobal('navigator', { hardwareConcurrency: 6 });
    const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    expect(detectWasmFeatures()).toEqual({ simd: false, threads: 1, mostThreads: 1 });
    validate.mockRestore();
  });

  it('finds nothing without WebAssembly', () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(detectWasmFeatures()).toBeUndefined();
  });
});

describe('describeWasm', () => {
  it('reads as a device', () => {
    expect(describeWasm({ simd: true, threads: 1 })).toBe('WebAssembly SIMD, 1 thread');
    expect(describeWasm({ simd: false, threads: 4 })).toBe('WebAssembly, 4 threads');
  });
});
