import { rm } from 'node:fs/promises';
import { ImageError } from '@diffir/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { asSharp, testImage } from '../testing/images';
import { temporaryFolder } from '../testing/temporary-folder';
import { createExampleReader } from './example-reader';

const folder = temporaryFolder();
/** Bytes of one pair of the tests. */
const PAIR_BYTES = 2 * 24 * 16 * 3;

function pairOf(name: string) {
  const file = (place: string) => ({ path: folder.file(place), name: place, place });
  return { name, gt: file(`gt-${name}`), lq: file(`lq-${name}`) };
}

beforeEach(async () => {
  for (const name of ['gt-a.png', 'lq-a.png', 'gt-b.png', 'lq-b.png']) {
    await asSharp(testImage()).png().toFile(folder.file(name));
  }
});

describe('createExampleReader', () => {
  it('decodes a pair once, as long as there is room for it', async () => {
    const read = createExampleReader({ cwd: folder.path }, 2 * PAIR_BYTES - 1);
    const [a, b] = [await read(pairOf('a.png')), await read(pairOf('b.png'))];
    expect(a.lq).toEqual(testImage());
    expect(b.scale).toBe(1);
    expect(await read(pairOf('a.png'))).toBe(a);
    const again = await read(pairOf('b.png'));
    expect(again).toEqual(b);
    expect(again).not.toBe(b);
  });

  it('keeps no failures', async () => {
    const read = createExampleReader({ cwd: folder.path });
    await rm(folder.file('lq-a.png'));
    await expect(read(pairOf('a.png'))).rejects.toThrow(ImageError);
    await asSharp(testImage()).png().toFile(folder.file('lq-a.png'));
    expect((await read(pairOf('a.png'))).lq).toEqual(testImage());
  });
});
