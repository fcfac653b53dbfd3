import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { OptionError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../tools/shared';
import { readBlurKernels } from './read-blur-kernels';

const types = {
  int8: 1,
  uint8: 2,
  int32: 5,
  uint32: 6,
  single: 7,
  double: 9,
  matrix: 14,
  compressed: 15,
} as const;
const classes = { cell: 1, char: 4, double: 6, single: 7 } as const;

function bytesOf(...parts: readonly (Uint8Array | number[])[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts.map((part) => Uint8Array.from(part))));
}

function uint32(...values: number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

function element(type: number, data: Uint8Array): Uint8Array {
  return bytesOf(uint32(type, data.length), data, new Uint8Array((8 - (data.length % 8)) % 8));
}

interface ArrayOptions {
  readonly kind?: number;
  readonly flags?: number;
  readonly dimensions?: readonly number[];
  readonly name?: string;
}

function array(
  contents: Uint8Array,
  { kind = classes.double, flags = 0, dimensions = [3, 3], name = 'k' }: ArrayOptions = {},
): Uint8Array {
  return element(
    types.matrix,
    bytesOf(
      element(types.uint32, uint32(kind | (flags << 8), 0)),
      element(types.int32, uint32(...dimensions)),
      element(types.int8, new TextEncoder().encode(name)),
      contents,
    ),
  );
}

function doubles(...values: number[]): Uint8Array {
  return element(types.double, new Uint8Array(Float64Array.from(values).buffer));
}

function file(...elements: Uint8Array[]): Uint8Array {
  const header = new Uint8Array(128).fill(32);
  header.set([0, 1, 0x49, 0x4d], 124);
  return bytesOf(header, ...elements);
}

function compressed(content: Uint8Array): Uint8Array {
  const data = deflateSync(content);
  return bytesOf(uint32(types.compressed, data.length), data);
}

// Column after column: the first column is 1 2 3.
const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const byRows = [1, 4, 7, 2, 5, 8, 3, 6, 9].map((value) => value / 45);
const read = (bytes: Uint8Array) => readBlurKernels(bytes, 'k.mat');

describe('readBlurKernels', () => {
  it('reads a matrix, turned into rows and divided by its sum', async () => {
    expect(await read(file(array(doubles(...nine))))).toEqual([
      { size: 3, weights: Float64Array.from(byRows) },
    ]);
  });

  it('reads compressed arrays, numbers stored in bytes, and names in the tag', async () => {
    const small = array(element(types.uint8, Uint8Array.from(nine)), { name: '' });
    const single = array(element(types.single, new Uint8Array(Float32Array.from(nine).buffer)), {
      kind: classes.single,
    });
    const inTag = bytesOf(uint32((1 << 16) | types.uint8), [7, 0, 0, 0]);
    const dot = array(inTag, { dimensions: [1, 1] });
    const kernels = await read(file(compressed(small), single, compressed(dot)));
    expect(kernels.map(({ size }) => size)).toEqual([3, 3, 1]);
    for (const { weights } of kernels.slice(0, 2)) expect([...weights]).toEqual(byRows);
    expect([...(kernels[2]?.weights ?? [])]).toEqual([1]);
  });

  it('reads cells, and passes over text, complex numbers and stacks', async () => {
    const cells = array(bytesOf(array(doubles(...nine)), array(doubles(...nine))), {
      kind: classes.cell,
      dimensions: [1, 2],
    });
    const text = array(element(types.uint8, Uint8Array.of(104, 105)), {
      kind: classes.char,
      dimensions: [1, 2],
    });
    const complex = array(bytesOf(doubles(...nine), doubles(...nine)), { flags: 0x08 });
    const stack = array(doubles(...nine), { dimensions: [3, 1, 3] });
    expect(await read(file(text, complex, stack, cells))).toHaveLength(2);
  });

  it.each([
    ['an empty file', new Uint8Array(0)],
    ['no MATLAB file', new TextEncoder().encode('%PDF'.repeat(60))],
    ['a file without matrices', file()],
    ['a kernel that is not square', file(array(doubles(1, 2, 3), { dimensions: [1, 3] }))],
    ['a kernel of even side', file(array(doubles(1, 2, 3, 4), { dimensions: [2, 2] }))],
    ['a kernel of sum 0', file(array(doubles(0, 0, 0, 0, 0, 0, 0, 0, 0)))],
    ['a kernel that is not finite', file(array(doubles(1, 1, 1, 1, Number.NaN, 1, 1, 1, 1)))],
    ['fewer numbers than it says', file(array(doubles(1, 2, 3)))],
    ['a size beyond memory', file(array(doubles(1), { dimensions: [0x7fffffff, 0x7fffffff] }))],
    ['an element longer than the file', file(uint32(types.matrix, 0x7fffffff))],
    ['an array without description', file(element(types.matrix, uint32(6, 0)))],
    ['numbers of an unknown type', file(array(element(77, new Uint8Array(72))))],
    ['half a number', file(array(element(types.double, new Uint8Array(71))))],
    ['compressed data that is damaged', file(bytesOf(uint32(types.compressed, 8), [1, 2, 3, 4, 5, 6, 7, 8]))],
  ])('refuses %s in one line that names it', async (_, bytes) => {
    const reading = read(bytes);
    await expect(reading).rejects.toThrow(OptionError);
    await expect(reading).rejects.toThrow(/^k\.mat: [^\n]+; [^\n]+$/);
  });

  it('says so where an element claims more than there is', async () => {
    const whole = file(array(doubles(...nine)));
    await expect(read(whole.subarray(0, whole.length - 8))).rejects.toThrow(/claims \d+ bytes/);
    await expect(read(whole.subarray(0, 132))).rejects.toThrow(/ends in the middle/);
  });

  it('refuses cells in cells without end', async () => {
    let nested = array(doubles(...nine));
    for (let depth = 0; depth < 12; depth++)
      nested = array(nested, { kind: classes.cell, dimensions: [1, 1] });
    await expect(read(file(nested))).rejects.toThrow(/nested too deeply/);
  });

  it('gives up on data that decompresses without end', async () => {
    const bomb = compressed(new Uint8Array(65 * 2 ** 20));
    expect(bomb.length).toBeLessThan(100_000);
    await expect(read(file(bomb))).rejects.toThrow(/more than 64 MiB/);
    const half = compressed(element(0, new Uint8Array(40 * 2 ** 20)));
    await expect(read(file(half, half))).rejects.toThrow(/decompresses to more than/);
  });

  it('throws nothing but typed errors, wherever the file is cut or changed', async () => {
    const whole = file(array(doubles(...nine)), compressed(array(doubles(...nine))));
    for (let at = 0; at < whole.length; at++) {
      for (const value of [0, 0x80, 0xff]) {
        const changed = Uint8Array.from(whole);
        changed[at] = value;
        for (const bytes of [changed, whole.subarray(0, at)]) {
          await read(bytes).catch((error: unknown) => {
            if (!OptionError.isInstance(error)) throw error;
          });
        }
      }
    }
  });
});

describeShared('readBlurKernels of a file that MATLAB wrote', () => {
  it('finds its twelve kernels', async () => {
    const bytes = readFileSync(sharedPath('data', 'kernels', 'kernels_12.mat'));
    const kernels = await readBlurKernels(bytes, 'kernels_12.mat');
    expect(kernels).toHaveLength(12);
    for (const { size, weights } of kernels) {
      expect(size).toBe(25);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
    }
    // Moments computed with NumPy; the last four, of camera shake, tell x from y.
    const moment = (index: number, value: (x: number, y: number) => number) =>
      kernels[index]?.weights.reduce(
        (sum, weight, i) => sum + weight * value((i % 25) - 12, Math.floor(i / 25) - 12),
        0,
      );
    expect(moment(1, (x) => x * x)).toBeCloseTo(1.44, 6);
    expect(moment(4, (x) => x * x)).toBeCloseTo(6.999665, 6);
    expect(moment(4, (_, y) => y * y)).toBeCloseTo(2, 6);
    expect(moment(5, (x, y) => x * y)).toBeCloseTo(-3.5664, 6);
    expect(moment(8, (x) => x * x)).toBeCloseTo(17.161531, 6);
    expect(moment(8, (_, y) => y * y)).toBeCloseTo(31.046404, 6);
    expect(moment(9, (x) => x)).toBeCloseTo(2.0005, 4);
    expect(kernels[8]?.weights[14 * 25 + 9]).toBeCloseTo(0.0074313674696954496, 12);
  });
});
