import { type Image, ImageError } from '@diffir/core';
import sharp, { type Metadata } from 'sharp';
import { defined } from '../options/defined';
import { firstLine } from '../text/first-line';
import { isHiddenAnimation } from './animation';
import { uprightExif, uprightXmp } from './exif';
import { readableFormats } from './image-formats';
import { iptcRecord } from './iptc';
import type { Photo } from './photo';
import { type PixelKind, toPixels } from './raw-pixels';
import { exifOfTiff } from './tiff-exif';

/** Width times height a file may claim; beyond it, it is more likely an attack than a photo. */
const MOST_PIXELS = 0x3fff ** 2;

/**
 * Decodes an image file: turned upright, samples as stored (8 or 16 bit, gray or RGB, alpha), in the
 * colour space of its profile rather than converted to sRGB.
 * @param name what errors call it
 * @throws ImageError for what is no image, damaged, cut short, animated, or neither gray nor RGB
 */
export async function decodePhoto(bytes: Uint8Array, name: string): Promise<Photo> {
  if (bytes.length === 0) throw new ImageError({ subject: name, problem: 'the file is empty' });
  if (isHiddenAnimation(bytes)) {
    throw new ImageError({ subject: name, problem: 'it is animated', remedy: 'split it into single images' });
  }
  const input = { failOn: 'error', limitInputPixels: MOST_PIXELS, ignoreIcc: true } as const;
  try {
    const metadata = await sharp(bytes, input).metadata();
    const kind = kindOf(metadata, name);
    const image = await toPixels(sharp(bytes, { ...input, autoOrient: true }), kind);
    return { image: toFullScale(image, metadata), metadata: keptMetadata(metadata, bytes) };
  } catch (error) {
    throw ImageError.isInstance(error) ? error : explain(error, name);
  }
}

function kindOf({ format, space, depth, channels, hasAlpha, pages = 1 }: Metadata, name: string): PixelKind {
  const refuse = (problem: string, remedy: string) => new ImageError({ subject: name, problem, remedy });
  if (format === 'svg') throw refuse('it is a drawing, not a photo', 'convert it to PNG');
  if (pages > 1) throw refuse(`it has ${pages} frames or pages`, 'split it into single images');
  const gray = space === 'b-w' || space === 'grey16';
  if (!gray && space !== 'srgb' && space !== 'rgb16') {
    throw refuse(`its colours are ${space.toUpperCase()}`, 'convert it to RGB');
  }
  if (depth !== 'uchar' && depth !== 'ushort') {
    throw refuse(`its samples are of type ${depth}`, 'convert it to 8 or 16 bits');
  }
  const alpha = hasAlpha === true;
  const expected = (gray ? 1 : 3) + (alpha ? 1 : 0);
  if (channels !== expected) throw refuse(`it has ${channels} channels`, 'convert it to RGB');
  return { gray, alpha, sixteenBit: depth === 'ushort' };
}

/** Samples of 10 or 12 bits come shifted up to 16, which leaves white below full scale. */
function toFullScale(image: Image, { format, bitsPerSample = 16 }: Metadata): Image {
  if (format !== 'heif' || !(image.data instanceof Uint16Array) || bitsPerSample >= 16) return image;
  const shift = 16 - bitsPerSample;
  const factor = 65535 / (2 ** bitsPerSample - 1);
  return { ...image, data: image.data.map((sample) => Math.round((sample >> shift) * factor)) };
}

function keptMetadata({ format, icc, exif, iptc, xmpAsString, density }: Metadata, bytes: Uint8Array) {
  const written = format === 'tiff' ? exifOfTiff(bytes) : exif;
  return defined({
    icc,
    exif: written && uprightExif(written),
    iptc: iptc && iptcRecord(iptc),
    xmp: xmpAsString && uprightXmp(xmpAsString),
    density,
  });
}

function explain(cause: unknown, name: string): ImageError {
  const message = firstLine(cause);
  if (/unsupported image format/.test(message)) {
    const problem = `it is no image that diffir reads`;
    return new ImageError({ subject: name, problem, remedy: `give a ${readableFormats} file`, cause });
  }
  if (/exceeds pixel limit/.test(message)) {
    const problem = `it has more than ${Math.floor(MOST_PIXELS / 1e6)} megapixels`;
    return new ImageError({ subject: name, problem, remedy: 'cut it into parts', cause });
  }
  const detail = message.replace(/^Input buffer has corrupt header: ?|^Unknown error$/, '');
  return new ImageError({
    subject: name,
    problem: `the image is damaged or cut short${detail === '' ? '' : ` (${detail})`}`,
    remedy: 'get a complete copy of it',
    cause,
  });
}
