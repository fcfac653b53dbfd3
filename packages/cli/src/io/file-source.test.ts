import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckpointError } from '@diffir/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileSource } from './file-source';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diffir-file-source-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function makeFile(length: number): Promise<string> {
  const path = join(folder, 'model.pth');
  await writeFile(
    path,
    Uint8Array.from({ length }, (_, index) => index & 0xff),
  );
  return path;
}

describe('openFileSource', () => {
  it('gives exactly the bytes asked for', async () => {
    const path = await makeFile(1000);
    const source = await openFileSource(path);
    expect(source.name).toBe(path);
    expect(source.size).toBe(1000);
    expect([...(await source.read(300, 3))]).toEqual([44, 45, 46]);
    expect([...(await source.read(998, 2))]).toEqual([230, 231]);
    expect(await source.read(1000, 0)).toHaveLength(0);
    expect((await source.read(0, 1000)).byteOffset).toBe(0);
    await source.close?.();
  });

  it('gives them wherever they lie, in whatever order, in memory of their own', async () => {
    const length = 3_000_000;
    const path = join(folder, 'large.pth');
    // A pattern whose period is no divisor of any block's length.
    const content = Uint8Array.from({ length }, (_, index) => index % 251);
    await writeFile(path, content);
    const source = await openFileSource(path);
    for (const count of [1, 5000, 65_536, 65_537, 400_000]) {
      for (let offset = length - count; offset >= 0; offset -= 123_457) {
        const bytes = await source.read(offset, count);
        expect(Buffer.compare(bytes, content.subarray(offset, offset + count))).toBe(0);
        bytes.fill(255);
      }
    }
    await source.close?.();
  });

  it('serves reads that overlap in time', async () => {
    const source = await openFileSource(await makeFile(200));
    const reads = await Promise.all(Array.from({ length: 100 }, (_, offset) => source.read(offset, 2)));
    expect(reads.map(([first]) => first)).toEqual(Array.from({ length: 100 }, (_, offset) => offset));
    await source.close?.();
  });

  it.each([
    [999, 2],
    [1001, 0],
    [-1, 1],
    [0, -1],
    [Number.NaN, 1],
  ])('refuses a range that leaves the file: %d, %d', async (offset, length) => {
    const source = await openFileSource(await makeFile(1000));
    await expect(source.read(offset, length)).rejects.toThrow(CheckpointError);
    await source.close?.();
  });

  it('says so when the file becomes shorter', async () => {
    const path = await makeFile(1000);
    const source = await openFileSource(path);
    await truncate(path, 500);
    expect([...(await source.read(498, 2))]).toEqual([242, 243]);
    const reading = source.read(499, 2);
    await expect(reading).rejects.toThrow(CheckpointError);
    await expect(reading).rejects.toThrow(`${path}: became shorter while it was read`);
    await source.close?.();
  });

  it('says so when the file has been closed', async () => {
    const source = await openFileSource(await makeFile(10));
    await source.close?.();
    await expect(source.read(0, 1)).rejects.toThrow(CheckpointError);
    await expect(source.read(0, 1)).rejects.toThrow('cannot be read');
  });

  it('refuses what is not there, a folder and an empty file', async () => {
    const missing = join(folder, 'missing.pth');
    await expect(openFileSource(missing)).rejects.toThrow(CheckpointError);
    await expect(openFileSource(missing)).rejects.toThrow(
      `${missing}: cannot be read: no such file or folder; check the path`,
    );
    const inside = join(await makeFile(1), 'inside.pth');
    await expect(openFileSource(inside)).rejects.toThrow(CheckpointError);
    await expect(openFileSource(inside)).rejects.toThrow('a part of its path is a file');
    await expect(openFileSource(folder)).rejects.toThrow(CheckpointError);
    await expect(openFileSource(folder)).rejects.toThrow(
      `${folder}: a folder, not a checkpoint file; give a .pth`,
    );
    const empty = await makeFile(0);
    await expect(openFileSource(empty)).rejects.toThrow(CheckpointError);
    await expect(openFileSource(empty)).rejects.toThrow(`${empty}: an empty file; give a .pth`);
    await expect(openFileSource('a\0b')).rejects.toThrow(CheckpointError);
  });
});
