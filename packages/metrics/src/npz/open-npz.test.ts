import { bytesSource, CheckpointError } from '@diffir/core';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { readStatistics } from '../fid/read-statistics';
import { loadDoubles } from '../weights/load-doubles';
import { openWeights } from '../weights/open-weights';
import { openNpz } from './open-npz';

/** An array as NumPy writes it. */
function npy(header: string, values: Float64Array | Float32Array | Uint8Array): Uint8Array {
  const padded = `${header}`.padEnd(117, ' ');
  const bytes = new Uint8Array(128 + values.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, 118, 0]);
  bytes.set(new TextEncoder().encode(`${padded}\n`), 10);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 128);
  return bytes;
}

const describeArray = (descr: string, shape: string, order = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;

async function npz(entries: Readonly<Record<string, Uint8Array>>, level = 0): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { level, useWebWorkers: false });
  for (const [name, bytes] of Object.entries(entries)) await writer.add(name, new Uint8ArrayReader(bytes));
  return writer.close();
}

const open = async (bytes: Uint8Array) => openNpz(bytesSource('file.npz', bytes));

const third = Float64Array.from([1 / 3, -2 / 3, 5, 1e-300, 7, 8]);
const entries = {
  'a.npy': npy(describeArray('<f8', '(2, 3)'), third),
  'b.npy': npy(describeArray('<f4', '(3,)'), Float32Array.from([1.5, 2.5, 3.5])),
  'columns.npy': npy(describeArray('<f8', '(2, 3)', 'True'), third),
  'scalar.npy': npy(describeArray('<f8', '()'), third.slice(0, 1)),
};

describe('openNpz', () => {
  it.each([
    ['stored', 0],
    ['compressed', 9],
  ])('reads arrays as state dict, %s', async (_, level) => {
    const { name, stateDict } = await open(await npz(entries, level));
    expect(name).toBe('file.npz');
    expect([...stateDict.keys()]).toEqual(['a', 'b', 'columns', 'scalar']);
    const [a, b, columns, scalar] = [...stateDict.values()];
    if (!a || !b || !columns || !scalar) throw new Error('four arrays were written');
    expect(a.shape).toEqual([2, 3]);
    // Double precision all the way.
    expect(await loadDoubles(a)).toEqual(third);
    expect(await a.load()).toEqual(Float32Array.from(third));
    expect(await loadDoubles(b)).toEqual(Float64Array.from([1.5, 2.5, 3.5]));
    expect(await loadDoubles(columns)).toEqual(Float64Array.from([1 / 3, 5, 7, -2 / 3, 1e-300, 8]));
    expect(scalar.shape).toEqual([]);
  });

  it('is what openWeights does with a file of that name', async () => {
    const bytes = await npz(entries);
    const opened = await openWeights(bytesSource('x.NPZ', bytes));
    expect(opened.stateDict.size).toBe(4);
    await opened.close();
    await expect(openWeights(bytesSource('x.pth', bytes))).rejects.toThrow(CheckpointError);
  });

  it.each([
    ['Python objects', { 'o.npy': npy(describeArray('|O', '(1,)'), new Uint8Array(8)) }, /type "\|O"/],
    ['big-endian values', { 'o.npy': npy(describeArray('>f8', '(1,)'), new Uint8Array(8)) }, /type ">f8"/],
    [
      'too little data',
      { 'o.npy': npy(describeArray('<f8', '(2,)'), new Uint8Array(8)) },
      /8 bytes .* needs 16/,
    ],
    [
      'no shape',
      { 'o.npy': npy("{'descr': '<f8', 'fortran_order': False}", new Uint8Array(8)) },
      /incomplete/,
    ],
    ['a negative length', { 'o.npy': npy(describeArray('<f8', '(-1,)'), new Uint8Array(8)) }, /incomplete/],
    ['something else', { 'o.npy': new TextEncoder().encode('nothing of the kind') }, /no NumPy array/],
    ['no arrays', { 'readme.txt': new Uint8Array(3) }, /no NumPy arrays in it/],
  ])('refuses %s', async (_, broken, message) => {
    const opening = open(await npz(broken));
    await expect(opening).rejects.toThrow(CheckpointError);
    await expect(opening).rejects.toThrow(message);
  });

  it('names files that are no or damaged archives', async () => {
    await expect(open(new Uint8Array(100))).rejects.toThrow(/^file\.npz: cannot be read as a zip archive/);
    const damaged = await npz(entries);
    const data = damaged.indexOf(0x93);
    damaged[data + 140] = (damaged[data + 140] ?? 0) ^ 1;
    await expect(open(damaged)).rejects.toThrow(CheckpointError);
  });
});

describe('readStatistics', () => {
  const mu = npy(describeArray('<f8', '(2,)'), Float64Array.from([1 / 3, 2]));
  const sigma = npy(describeArray('<f8', '(2, 2)'), Float64Array.from([2, 0.1, 0.1, 3]));

  it('reads what pytorch-fid stores', async () => {
    const statistics = await readStatistics(await open(await npz({ 'mu.npy': mu, 'sigma.npy': sigma }, 9)));
    expect(statistics).toEqual({
      dimensions: 2,
      mean: Float64Array.from([1 / 3, 2]),
      covariance: Float64Array.from([2, 0.1, 0.1, 3]),
    });
  });

  it('names what does not fit', async () => {
    const wrong = await open(await npz({ 'mu.npy': mu, 'sigma.npy': mu }));
    await expect(readStatistics(wrong)).rejects.toThrow(/mu \[n\] and sigma \[n,n\]/);
  });
});
