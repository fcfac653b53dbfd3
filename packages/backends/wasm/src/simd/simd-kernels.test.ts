import { describe, expect, it } from 'vitest';
import { relaxedSimdCode, simdCode } from './simd-code';
import { loadSimdKernels } from './simd-kernels';
import { decodeKernels, sectionStarts, withSharedMemory } from './simd-module';

describe('loadSimdKernels', () => {
  it('runs over the memory of a module', async () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const kernels = await loadSimdKernels({ asm: { memory } }, 1);
    const floats = new Float32Array(memory.buffer);
    floats.set([1, 2, 3, 10, 20, 30]);
    kernels?.run('columnSums', [[0, 64, 2, 3, 128]]);
    expect([...floats.subarray(16, 19)]).toEqual([11, 22, 33]);
  });

  it.each([
    ['a module that hides its memory', {}],
    ['a module without a memory', { asm: { init: () => {} } }],
  ])('does without for %s', async (_, module) => {
    expect(await loadSimdKernels(module, 1)).toBeUndefined();
  });
});

describe.each([
  ['SIMD', simdCode],
  ['relaxed SIMD', relaxedSimdCode],
])('the code for %s', (_, code) => {
  it('brings no data, which would overwrite the memory it is lent', () => {
    const bytes = decodeKernels(code);
    // Each section begins with its kind: 10 is code, 11 is data.
    const ids = [...sectionStarts(bytes)].map((at) => bytes[at]);
    expect(ids).toContain(10);
    expect(ids).not.toContain(11);
  });
  it('also runs over a memory that threads share', async () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
    const { instance } = await WebAssembly.instantiate(withSharedMemory(decodeKernels(simdCode)), {
      env: { memory },
    });
    expect(Object.keys(instance.exports)).toContain('matrixProduct');
    expect(WebAssembly.validate(withSharedMemory(decodeKernels(code)))).toBe(
      WebAssembly.validate(decodeKernels(code)),
    );
  });
});
