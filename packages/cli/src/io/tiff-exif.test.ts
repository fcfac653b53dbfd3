import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { asSharp, testImage } from '../testing/images';
import { editBytes } from './byte-edits';
import { readerOf } from './byte-reader';
import { decodePhoto } from './decode-photo';
import { readTiffDirectory } from './tiff-directory';
import { exifOfTiff, tiffMetadata } from './tiff-exif';

const withMetadata = (file: Uint8Array, metadata: Parameters<typeof tiffMetadata>[1]) =>
  editBytes(file, tiffMetadata(readerOf(file), metadata));

/** EXIF as a camera writes it: also with what only describes the JPEG it came in. */
async function cameraExif(): Promise<Uint8Array> {
  const photo = asSharp(testImage()).withExif({
    IFD0: { Make: 'Maker', Orientation: '1', XResolution: '300/1' },
    IFD2: { DateTimeOriginal: '2021:02:03 04:05:06', PixelXDimension: '24' },
    IFD3: { GPSLatitudeRef: 'N' },
  });
  const { metadata } = await decodePhoto(await photo.jpeg().toBuffer(), 'a');
  return metadata.exif ?? new Uint8Array(0);
}

function tagsOf(structure: Uint8Array): number[] {
  return readTiffDirectory(structure).flatMap((field) => [
    field.tag,
    ...('fields' in field ? field.fields.map(({ tag }) => tag) : []),
  ]);
}

describe('tiffMetadata', () => {
  it('adds what describes the picture, not how it was stored', async () => {
    const tiff = await asSharp(testImage()).tiff({ compression: 'lzw' }).toBuffer();
    const exif = await cameraExif();
    expect(tagsOf(exif)).toEqual(expect.arrayContaining([0x0112, 0xa002]));
    const file = withMetadata(tiff, { exif, iptc: Uint8Array.of(0x1c, 2, 0, 0, 0) });
    const added = tagsOf(file).filter((tag) => !tagsOf(tiff).includes(tag));
    expect(added).toEqual(expect.arrayContaining([0x010f, 0x8769, 0x9003, 0x8825, 1, 0x83bb]));
    expect(added).not.toContain(0xa002);
    expect((await decodePhoto(file, 'a')).image).toEqual(testImage());
    await expect(sharp(file, { failOn: 'warning' }).stats()).resolves.toBeDefined();
  });

  it('leaves a file alone where there is nothing to add, or it is no TIFF file', async () => {
    const tiff = await asSharp(testImage()).tiff().toBuffer();
    expect(withMetadata(tiff, {})).toBe(tiff);
    const other = new Uint8Array(20);
    expect(withMetadata(other, { exif: await cameraExif() })).toBe(other);
  });
});

describe('exifOfTiff', () => {
  it('takes out of a file what was put in', async () => {
    const tiff = await asSharp(testImage()).tiff().toBuffer();
    expect(exifOfTiff(tiff)).toBeUndefined();
    const first = exifOfTiff(withMetadata(tiff, { exif: await cameraExif() })) ?? new Uint8Array(0);
    expect(Buffer.from(first).includes('2021:02:03 04:05:06')).toBe(true);
    expect(exifOfTiff(withMetadata(tiff, { exif: first }))).toEqual(first);
  });
});
