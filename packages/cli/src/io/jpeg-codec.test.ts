import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { largestDifference, testImage } from '../testing/images';
import { recodeAsJpeg } from './jpeg-codec';

describe('recodeAsJpeg', () => {
  it.each([1, 3] as const)(
    'keeps size and %s channels, and changes more the lower the quality',
    async (channels) => {
      const image = testImage({ width: 43, height: 31, channels });
      const fine = await recodeAsJpeg(image, 95);
      const coarse = await recodeAsJpeg(image, 30);
      for (const { data, ...size } of [fine, coarse]) {
        expect(size).toEqual({ width: 43, height: 31, channels });
        expect(data).toBeInstanceOf(Uint8Array);
      }
      expect(largestDifference(image, fine)).toBeGreaterThan(0);
      expect(largestDifference(image, fine)).toBeLessThan(largestDifference(image, coarse));
    },
  );

  it('halves the resolution of chroma, as cameras do', async () => {
    // Red and blue stripes of one pixel and the same luma: only chroma tells them apart.
    const data = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => {
      const odd = Math.floor(i / 3) % 2 === 1;
      return (odd ? [0, 90, 255] : [120, 62, 0])[i % 3] ?? 0;
    });
    const { data: coded } = await recodeAsJpeg({ data, width: 32, height: 32, channels: 3 }, 95);
    const blue = (pixel: number) => coded[pixel * 3 + 2] ?? 0;
    expect(Math.abs(blue(500) - blue(501))).toBeLessThan(60);
  });

  it('is the codec of sharp at that quality', async () => {
    const image = testImage({ width: 40, height: 40 });
    const file = await sharp(image.data, { raw: { width: 40, height: 40, channels: 3 } })
      .jpeg({ quality: 60 })
      .toBuffer();
    const expected = await sharp(file).raw().toBuffer();
    expect(Buffer.from((await recodeAsJpeg(image, 60)).data)).toEqual(expected);
  });
});
