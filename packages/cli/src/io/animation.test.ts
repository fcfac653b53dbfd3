import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { asSharp, testImage } from '../testing/images';
import { decodePhoto } from './decode-photo';
import { pngChunk } from './png-chunks';

/** A PNG that says how many frames it has. */
async function animatedPng(frames: number): Promise<Uint8Array> {
  const png = await asSharp(testImage()).png().toBuffer();
  const control = Buffer.alloc(8);
  control.writeUInt32BE(frames);
  return Buffer.concat([png.subarray(0, 33), pngChunk('acTL', control), png.subarray(33)]);
}

const refusal = (bytes: Uint8Array) => decodePhoto(bytes, 'a').catch((error: unknown) => error);

describe('isHiddenAnimation', () => {
  it('finds animated PNG, which is then refused', async () => {
    expect(await refusal(await animatedPng(2))).toMatchObject({
      message: 'a: it is animated; split it into single images',
    });
    expect((await decodePhoto(await animatedPng(1), 'a')).image).toEqual(testImage());
  });

  it('finds AVIF image sequences, which are then refused', async () => {
    const still = await asSharp(testImage()).avif().toBuffer();
    expect((await decodePhoto(still, 'a')).image.width).toBe(24);
    still.write('avis', 8, 'latin1');
    expect(await refusal(still)).toMatchObject({ message: expect.stringContaining('it is animated') });
  });

  it('leaves to sharp what that says itself: GIF, WebP and TIFF of several frames', async () => {
    const frames = [0, 255].map((level) => ({
      data: new Uint8Array(8 * 8 * 3).fill(level),
      width: 8,
      height: 8,
      channels: 3 as const,
    }));
    const files = await Promise.all(frames.map((frame) => asSharp(frame).png().toBuffer()));
    for (const format of ['gif', 'webp', 'tiff'] as const) {
      const animation = await sharp(files, { join: { animated: true } })
        .toFormat(format)
        .toBuffer();
      expect(await refusal(animation)).toMatchObject({
        message: 'a: it has 2 frames or pages; split it into single images',
      });
    }
  });
});
