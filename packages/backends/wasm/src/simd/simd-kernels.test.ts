import { describe, expect, it } from 'vitest';
import { relaxedSimdCode, simdCode } from './simd-code';
import { decodeKernels, loadSimdKernels } from './simd-kernels';

describe('loadSimdKernels', () => {
  it('runs over the memory of a module', async () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const kernels = await loadSimdKernels({ asm: { memory } });
    const floats = new Float32Array(memory.buffer);
    floats.set([1, 2, 3, 10, 20, 30]);
    kernels?.columnSums(0, 64, 2, 3, 128);
    expect([...floats.subarray(16, 19)]).toEqual([11, 22, 33]);
  });

  it.each([
    ['a module that hides its memory', {}],
    ['a module with threads, which is given its memory', { asm: { init: () => {} } }],
  ])('does without for %s', async (_, module) => {
    expect(await loadSimdKernels(module)).toBeUndefined();
  });
});

describe.each([
  ['SIMD', simdCode],
  ['relaxed SIMD', relaxedSimdCode],
])('the code for %s', (_, code) => {
  it('brings no data, which would overwrite the memory it is lent', () => {
    // Sections of a module: id, length as LEB128, contents. Id 11 is data.
    const bytes = decodeKernels(code);
    const ids: number[] = [];
    for (let at = 8; at < bytes.length; ) {
      ids.push(bytes[at++] ?? -1);
      let [length, shift, byte] = [0, 0, 0x80];
      while (byte & 0x80) {
        byte = bytes[at++] ?? 0;
        length |= (byte & 0x7f) << shift;
        shift += 7;
      }
      at += length;
    }
    expect(ids).toContain(10);
    expect(ids).not.toContain(11);
  });
});
