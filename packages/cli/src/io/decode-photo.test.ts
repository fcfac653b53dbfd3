import { ImageError } from '@diffir/core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { asSharp, testImage } from '../testing/images';
import { decodePhoto } from './decode-photo';
import { encodePhoto } from './encode-photo';

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

describe('decodePhoto', () => {
  it.each([
    { channels: 1, sixteenBit: false },
    { channels: 2, sixteenBit: false },
    { channels: 3, sixteenBit: false },
    { channels: 4, sixteenBit: false },
    { channels: 1, sixteenBit: true },
    { channels: 2, sixteenBit: true },
    { channels: 3, sixteenBit: true },
    { channels: 4, sixteenBit: true },
  ] as const)('gives the samples of a PNG as they are stored: %j', async (kind) => {
    const image = testImage(kind);
    const { image: decoded } = await decodePhoto(await asSharp(image).png().toBuffer(), 'a.png');
    expect(decoded).toEqual(image);
  });

  it('gives a 16-bit TIFF and a lossless WebP as they are stored', async () => {
    const deep = testImage({ sixteenBit: true });
    const tiff = await asSharp(deep).tiff({ compression: 'lzw' }).toBuffer();
    expect((await decodePhoto(tiff, 'a.tif')).image).toEqual(deep);
    const flat = testImage({ channels: 4 });
    const webp = await asSharp(flat).webp({ lossless: true, exact: true }).toBuffer();
    expect((await decodePhoto(webp, 'a.webp')).image).toEqual(flat);
  });

  it('turns an AVIF, whose rotation is its own, upright once', async () => {
    const image = testImage({ width: 64, height: 32 });
    const turned = await asSharp(image).withMetadata({ orientation: 6 }).avif({ lossless: true }).toBuffer();
    const { image: upright, metadata } = await decodePhoto(turned, 'a.avif');
    expect([upright.width, upright.height]).toEqual([32, 64]);
    // Orientation 6: what is at the left comes to the top.
    const rowMean = (y: number) =>
      mean(upright.data.filter((_, at) => at % 3 === 0 && Math.floor(at / 96) === y));
    expect(rowMean(0)).toBeLessThan(10);
    expect(rowMean(63)).toBeGreaterThan(245);
    const again = await encodePhoto({ image: upright, metadata }, { format: 'avif' }, 'a');
    expect((await decodePhoto(again, 'a')).image.width).toBe(32);
  });

  it('turns the picture upright once', async () => {
    const image = testImage({ width: 3, height: 2 });
    const turned = await asSharp(image).withMetadata({ orientation: 6 }).png().toBuffer();
    const { image: upright, metadata } = await decodePhoto(turned, 'a.png');
    expect([upright.width, upright.height]).toEqual([2, 3]);
    // Orientation 6: the first column, read upwards, is the first row.
    expect([...upright.data.slice(0, 3)]).toEqual([...image.data.slice(9, 12)]);
    const again = await sharp(turned).keepExif().png().toBuffer();
    expect((await sharp(again).metadata()).orientation).toBe(6);
    expect(metadata.exif).toBeDefined();
  });

  it('does not convert the samples by the profile', async () => {
    const image = testImage();
    const tagged = await asSharp(image).withIccProfile('p3').png().toBuffer();
    const stored = await sharp(tagged, { ignoreIcc: true }).raw().toBuffer();
    const converted = await sharp(tagged).raw().toBuffer();
    const { image: decoded, metadata } = await decodePhoto(tagged, 'a.png');
    expect(Buffer.from(decoded.data)).toEqual(stored);
    expect(stored.equals(converted)).toBe(false);
    expect(metadata.icc).toBeDefined();
  });
});

describe('decodePhoto on what it cannot read', () => {
  const jpeg = () =>
    asSharp(testImage({ width: 200, height: 200 }))
      .jpeg()
      .toBuffer();
  const png = () =>
    asSharp(testImage({ width: 200, height: 200 }))
      .png()
      .toBuffer();
  const problem = (bytes: Uint8Array) => decodePhoto(bytes, 'x.jpg').catch((error: unknown) => error);

  it('names an empty file', async () => {
    expect(await problem(new Uint8Array(0))).toMatchObject({ message: 'x.jpg: the file is empty' });
  });

  it('names what is no image', async () => {
    const error = await problem(new TextEncoder().encode('not an image at all'));
    expect(ImageError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({
      message: expect.stringContaining('x.jpg: it is no image that diffir reads'),
    });
  });

  it.each(['half', 'nearly all'])('refuses a file of which %s is there', async (part) => {
    for (const bytes of [await jpeg(), await png()]) {
      const length = part === 'half' ? bytes.length / 2 : bytes.length - 20;
      const error = await problem(bytes.subarray(0, length));
      expect(ImageError.isInstance(error)).toBe(true);
      expect(error).toMatchObject({ message: expect.stringContaining('damaged or cut short') });
    }
  });

  it('refuses CMYK, animations and drawings, saying so', async () => {
    const cmyk = await asSharp(testImage()).toColourspace('cmyk').jpeg().toBuffer();
    expect(await problem(cmyk)).toMatchObject({ message: expect.stringContaining('its colours are CMYK') });
    const frames = [0, 255].map((level) =>
      asSharp({ data: new Uint8Array(8 * 8 * 3).fill(level), width: 8, height: 8, channels: 3 })
        .png()
        .toBuffer(),
    );
    const animation = await sharp(await Promise.all(frames), { join: { animated: true } })
      .gif()
      .toBuffer();
    expect(await problem(animation)).toMatchObject({ message: expect.stringContaining('2 frames or pages') });
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
    expect(await problem(svg)).toMatchObject({ message: expect.stringContaining('a drawing') });
  });

  it('refuses floating-point samples', async () => {
    const float = await asSharp(testImage()).toColourspace('scrgb').tiff({ compression: 'none' }).toBuffer();
    expect(ImageError.isInstance(await problem(float))).toBe(true);
  });
});
