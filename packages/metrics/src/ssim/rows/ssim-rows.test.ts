import { describe, expect, it } from 'vitest';
import { hashedValues } from '../../testing/hashed-weights';
import { ssimOfPlane } from '../ssim-plane';
import { scalarRows } from './scalar-rows';
import { KEPT_ROWS, STRIP } from './ssim-rows';
import { wasmRows } from './wasm-rows';

const plane = (name: string, count: number) => hashedValues(name, count).map((value) => value * 255);

describe('the rows of SSIM', () => {
  // One row and column of results; a strip and a bit, odd and even; rows kept over more than once.
  it.each([
    [11, 11],
    [STRIP + 11, 12],
    [2 * STRIP + 13, 2 * KEPT_ROWS + 7],
    [STRIP + 10, KEPT_ROWS],
    [STRIP + 9, KEPT_ROWS + 1],
  ])('give the same bits with WebAssembly and without it, at %i×%i', (width, height) => {
    const fast = wasmRows();
    if (fast === undefined) expect.fail('Node has WebAssembly with SIMD');
    const [a, b] = [plane('a', width * height), plane('b', width * height)];
    const value = ssimOfPlane(a, b, { width, height, rows: fast });
    expect(value).toBe(ssimOfPlane(a, b, { width, height, rows: scalarRows() }));
    // What one plane left behind does not reach the next.
    ssimOfPlane(plane('c', width * height), b, { width, height, rows: fast });
    expect(ssimOfPlane(a, b, { width, height, rows: fast })).toBe(value);
  });

  it('do without WebAssembly where there is none, or it may not compile', () => {
    const original = globalThis.WebAssembly;
    try {
      Reflect.deleteProperty(globalThis, 'WebAssembly');
      expect(wasmRows()).toBeUndefined();
      const Module = class {
        constructor() {
          throw new original.CompileError('forbidden');
        }
      };
      Object.defineProperty(globalThis, 'WebAssembly', {
        configurable: true,
        value: {
          Module,
          Instance: original.Instance,
          Memory: original.Memory,
          CompileError: original.CompileError,
        },
      });
      expect(wasmRows()).toBeUndefined();
    } finally {
      Object.defineProperty(globalThis, 'WebAssembly', {
        configurable: true,
        writable: true,
        value: original,
      });
    }
  });
});
