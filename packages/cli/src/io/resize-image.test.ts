import { describe, expect, it } from 'vitest';
import { testImage } from '../testing/images';
import { resizeImage } from './resize-image';

describe('resizeImage', () => {
  it.each([1, 2, 3, 4] as const)('gives exactly the size asked for, %i channels', async (channels) => {
    for (const sixteenBit of [false, true]) {
      const image = testImage({ channels, sixteenBit });
      const resized = await resizeImage(image, 41, 7);
      expect([resized.width, resized.height, resized.channels]).toEqual([41, 7, channels]);
      expect(resized.data.constructor).toBe(image.data.constructor);
      expect(resized.data.length).toBe(41 * 7 * channels);
    }
  });

  it('leaves flat areas as they are', async () => {
    const image = { data: new Uint16Array(20 * 20).fill(12345), width: 20, height: 20, channels: 1 } as const;
    const { data } = await resizeImage(image, 33, 50);
    expect(new Set(data)).toEqual(new Set([12345]));
  });

  it('returns the image itself at its own size', async () => {
    const image = testImage();
    expect(await resizeImage(image, image.width, image.height)).toBe(image);
  });
});
