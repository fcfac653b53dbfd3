import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors/checkpoint-error';
import { blobSource } from './blob-source';
import type { ByteSource } from './byte-source';
import { bytesSource } from './bytes-source';
import { readRange } from './read-range';

const content = Uint8Array.from({ length: 100 }, (_, index) => index);
const sources: readonly (readonly [string, ByteSource])[] = [
  ['bytesSource', bytesSource('a.pth', content)],
  ['bytesSource over a Buffer', bytesSource('a.pth', Buffer.from(content))],
  ['blobSource', blobSource('a.pth', new Blob([content]))],
];

describe.each(sources)('%s', (_, source) => {
  it('knows its name and size', () => {
    expect(source.name).toBe('a.pth');
    expect(source.size).toBe(100);
  });

  it('gives exactly the bytes asked for', async () => {
    expect([...(await source.read(10, 3))]).toEqual([10, 11, 12]);
    expect([...(await source.read(97, 3))]).toEqual([97, 98, 99]);
    expect(await source.read(100, 0)).toHaveLength(0);
  });

  it('gives memory of its own', async () => {
    const first = await source.read(0, 4);
    first.fill(99);
    expect([...(await source.read(0, 4))]).toEqual([0, 1, 2, 3]);
    expect(first.byteOffset % 4).toBe(0);
  });

  it.each([
    [98, 3],
    [101, 0],
    [-1, 2],
    [0, -1],
    [0, 1.5],
    [Number.NaN, 1],
    [2 ** 53, 1],
  ])('refuses a range that leaves it: %d, %d', async (offset, length) => {
    await expect(source.read(offset, length)).rejects.toThrow(CheckpointError);
  });
});

describe('blobSource', () => {
  it('says so when the file behind it has changed', async () => {
    const changed = new (class extends Blob {
      override slice(): Blob {
        const slice = super.slice();
        slice.arrayBuffer = () => Promise.reject(new DOMException('changed', 'NotReadableError'));
        return slice;
      }
    })([content]);
    const reading = blobSource('a.pth', changed).read(0, 1);
    await expect(reading).rejects.toThrow('a.pth: cannot be read any more; choose the file again');
    await expect(reading).rejects.toThrow(CheckpointError);
  });
});

describe('readRange', () => {
  it('asks for nothing beyond the end', async () => {
    const source: ByteSource = {
      name: 'a.pth',
      size: 4,
      read: () => Promise.reject(new Error('must not be asked')),
    };
    await expect(readRange(source, 2, 3)).rejects.toThrow(CheckpointError);
    expect(await readRange(source, 4, 0)).toHaveLength(0);
  });

  it('refuses a source that gives another number of bytes', async () => {
    const source: ByteSource = { name: 'a.pth', size: 4, read: async () => new Uint8Array(1) };
    await expect(readRange(source, 0, 3)).rejects.toThrow('a.pth: read 1 bytes at 0 where 3 were asked for');
  });
});
