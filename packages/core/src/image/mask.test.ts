import { describe, expect, it } from 'vitest';
import type { Image } from './image';
import { imageSource } from './image-rows';
import { holeFromMask, invertMask, type MaskImage } from './mask';

const image: Image = { data: new Uint8Array(12), width: 2, height: 2, channels: 3 };

function mask(channels: Image['channels'], ...data: number[]): Image {
  return { data: Uint8Array.from(data), width: 2, height: 2, channels };
}

async function holeOf(drawn: MaskImage): Promise<number[]> {
  return [...(await (await holeFromMask(drawn, image)).read(0, 2))];
}

async function inverseOf(drawn: MaskImage): Promise<number[]> {
  return [...(await (await invertMask(drawn)).read(0, 2))];
}

describe('holeFromMask', () => {
  it('reads white as the hole, in gray and in colour', async () => {
    expect(await holeOf(mask(1, 0, 255, 127, 128))).toEqual([0, 255, 0, 255]);
    const rgb = [0, 0, 0, 255, 255, 255, 0, 0, 0, 255, 255, 255];
    expect(await holeOf(mask(3, ...rgb))).toEqual([0, 255, 0, 255]);
  });

  it('reads opaque as the hole where transparency varies', async () => {
    expect(await holeOf(mask(2, 9, 0, 9, 255, 9, 0, 9, 255))).toEqual([0, 255, 0, 255]);
  });

  it('reads white as the hole in an opaque mask with an alpha channel', async () => {
    expect(await holeOf(mask(2, 0, 255, 255, 255, 0, 255, 255, 255))).toEqual([0, 255, 0, 255]);
  });

  it('is turned round by invertMask, whatever kind of mask it is', async () => {
    expect(await inverseOf(mask(1, 0, 255, 127, 128))).toEqual([255, 0, 255, 0]);
    expect(await inverseOf(mask(2, 9, 0, 9, 255, 9, 0, 9, 255))).toEqual([255, 0, 255, 0]);
  });

  it('reads rows as they are asked for, and knows before whether transparency varies', async () => {
    // What would show that transparency varies is in the last row alone.
    const drawn = mask(2, 255, 255, 0, 255, 255, 255, 0, 0);
    const hole = await holeFromMask(imageSource(drawn), image);
    expect([...(await hole.read(0, 1))]).toEqual([255, 255]);
    expect([...(await hole.read(1, 1))]).toEqual([255, 0]);
    const inverse = await invertMask(await invertMask(drawn));
    expect([...(await inverse.read(0, 2))]).toEqual([255, 255, 255, 0]);
  });

  it('refuses a mask of another size, naming both', async () => {
    await expect(holeFromMask(mask(1, 0, 0, 0, 0), { width: 4, height: 1 })).rejects.toThrow(
      'mask: it is 2×2 and the image 4×1',
    );
  });
});
