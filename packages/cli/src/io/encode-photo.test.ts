import { OutputError } from '@diffir/core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { grayProfile } from '../testing/gray-profile';
import { asSharp, largestDifference, testImage } from '../testing/images';
import { decodePhoto } from './decode-photo';
import { encodePhoto } from './encode-photo';
import { outputFormats } from './image-formats';

const noMetadata = {};

describe('encodePhoto', () => {
  it.each(['png', 'tiff'] as const)('keeps every sample in %s', async (format) => {
    for (const channels of [1, 2, 3, 4] as const) {
      for (const sixteenBit of [false, true]) {
        const image = testImage({ channels, sixteenBit });
        const bytes = await encodePhoto({ image, metadata: noMetadata }, { format }, 'a');
        expect((await decodePhoto(bytes, 'a')).image).toEqual(image);
      }
    }
  });

  // Lossy formats: on a smooth picture at the default quality a few levels.
  it.each(['jpeg', 'webp', 'avif'] as const)('stays close to the picture in %s', async (format) => {
    const image = testImage({ width: 64, height: 48 });
    const bytes = await encodePhoto({ image, metadata: noMetadata }, { format }, 'a');
    expect(largestDifference((await decodePhoto(bytes, 'a')).image, image)).toBeLessThanOrEqual(12);
  });

  it('rounds 16 bits to 8 where the format has no more', async () => {
    const deep = testImage({ width: 64, height: 48, sixteenBit: true });
    const flat = { ...deep, data: Uint8Array.from(deep.data, (sample) => Math.round(sample / 257)) };
    for (const format of ['jpeg', 'webp'] as const) {
      const [fromDeep, fromFlat] = await Promise.all(
        [deep, flat].map((image) => encodePhoto({ image, metadata: noMetadata }, { format }, 'a')),
      );
      expect(fromDeep).toEqual(fromFlat);
    }
  });

  it('keeps ten bits in AVIF, and eight where there are eight', async () => {
    const image = testImage({ width: 300, height: 4, sixteenBit: true });
    const bytes = await encodePhoto({ image, metadata: noMetadata }, { format: 'avif', quality: 100 }, 'a');
    const { image: decoded } = await decodePhoto(bytes, 'a');
    // Smooth, so that the losses of AVIF at quality 100 stay within four of its 1023 levels.
    expect(largestDifference(decoded, image)).toBeLessThanOrEqual(4 * 64);
    expect(new Set(decoded.data).size).toBeGreaterThan(256);
    const white = { ...image, data: new Uint16Array(image.data.length).fill(65535) };
    const whiteFile = await encodePhoto({ image: white, metadata: noMetadata }, { format: 'avif' }, 'a');
    expect((await decodePhoto(whiteFile, 'a')).image).toEqual(white);
    const flat = await encodePhoto({ image: testImage(), metadata: noMetadata }, { format: 'avif' }, 'a');
    expect((await sharp(flat).metadata()).bitsPerSample).toBe(8);
  });

  it('keeps gray gray where the format has it', async () => {
    const image = testImage({ channels: 1 });
    const jpeg = await encodePhoto({ image, metadata: noMetadata }, { format: 'jpeg' }, 'a');
    expect((await decodePhoto(jpeg, 'a')).image.channels).toBe(1);
  });

  it('makes smaller files of lower quality', async () => {
    const image = testImage({ width: 200, height: 200 });
    for (const format of ['jpeg', 'webp', 'avif'] as const) {
      const [low, high] = await Promise.all(
        [10, 95].map((quality) => encodePhoto({ image, metadata: noMetadata }, { format, quality }, 'a')),
      );
      expect(low?.length).toBeLessThan(high?.length ?? 0);
    }
  });

  it('drops an alpha channel that is opaque everywhere from JPEG, and refuses to lose any other', async () => {
    const image = testImage({ channels: 4 });
    const opaque = { ...image, data: image.data.map((sample, index) => (index % 4 === 3 ? 255 : sample)) };
    const bytes = await encodePhoto({ image: opaque, metadata: noMetadata }, { format: 'jpeg' }, 'a');
    expect((await decodePhoto(bytes, 'a')).image.channels).toBe(3);
    const failure = encodePhoto({ image, metadata: noMetadata }, { format: 'jpeg' }, 'out.jpg');
    await expect(failure).rejects.toThrow('out.jpg: jpeg cannot hold the transparency of this image');
  });

  it('says when a picture is too large for the format', async () => {
    const image = { data: new Uint8Array(17000 * 3), width: 17000, height: 1, channels: 3 } as const;
    const failure = await encodePhoto({ image, metadata: noMetadata }, { format: 'webp' }, 'a.webp').catch(
      (error: unknown) => error,
    );
    expect(OutputError.isInstance(failure)).toBe(true);
  });
});

describe('metadata', () => {
  const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>kept</a></x:xmpmeta>';
  const photo = async () => {
    const file = await asSharp(testImage({ width: 64, height: 48 }))
      .withIccProfile('p3')
      .withExif({ IFD0: { Copyright: 'somebody', Orientation: '6' } })
      .withXmp(xmp)
      .jpeg({ quality: 100 })
      .toBuffer();
    return decodePhoto(file, 'a.jpg');
  };

  it.each(outputFormats)('keeps profile, EXIF and XMP in %s, and the samples as they are', async (format) => {
    const original = await photo();
    const bytes = await encodePhoto(original, { format, quality: 100 }, 'a');
    const written = await sharp(bytes).metadata();
    expect(new Uint8Array(written.icc ?? [])).toEqual(new Uint8Array(original.metadata.icc ?? []));
    expect(written.xmpAsString).toBe(xmp);
    expect(Buffer.from(bytes).includes('somebody')).toBe(true);
    expect(written.orientation ?? 1).toBe(1);
    const { image } = await decodePhoto(bytes, 'a');
    // Chroma is stored coarser in WebP; the others are within rounding of their colour transforms.
    expect(largestDifference(image, original.image)).toBeLessThanOrEqual(format === 'webp' ? 12 : 4);
  });

  it('converts gray by its profile where the format has no gray to keep the profile with', async () => {
    const image = { data: new Uint8Array(16 * 16).fill(128), width: 16, height: 16, channels: 1 } as const;
    const linearGray = { image, metadata: { icc: grayProfile(1) } };
    const png = await encodePhoto(linearGray, { format: 'png' }, 'a');
    expect((await sharp(png).metadata()).icc).toBeDefined();
    expect((await decodePhoto(png, 'a')).image).toEqual(image);
    const webp = await encodePhoto(linearGray, { format: 'webp' }, 'a');
    expect((await sharp(webp).metadata()).icc).toBeUndefined();
    // The sRGB transfer of 128/255 is 188; a level or two is for the profile's and the format's rounding.
    expect(Math.abs(((await decodePhoto(webp, 'a')).image.data[0] ?? 0) - 188)).toBeLessThanOrEqual(2);
  });

  it('adds none where the original has none', async () => {
    const bytes = await encodePhoto({ image: testImage(), metadata: noMetadata }, { format: 'jpeg' }, 'a');
    const written = await sharp(bytes).metadata();
    expect([written.exif, written.icc, written.xmp]).toEqual([undefined, undefined, undefined]);
  });

  it('keeps the density', async () => {
    const image = testImage();
    const bytes = await encodePhoto({ image, metadata: { density: 300 } }, { format: 'jpeg' }, 'a');
    expect((await sharp(bytes).metadata()).density).toBe(300);
  });
});
