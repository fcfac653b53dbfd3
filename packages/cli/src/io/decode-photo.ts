import { ImageError } from '@diffir/core';
import sharp, { type Metadata } from 'sharp';
import { firstLine } from '../text/first-line';
import { uprightExif, uprightXmp } from './exif';
import { readableFormats } from './image-formats';
import type { Photo, PhotoMetadata } from './photo';
import { type PixelKind, toPixels } from './raw-pixels';

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
  const input = { failOn: 'error', limitInputPixels: MOST_PIXELS, ignoreIcc: true } as const;
  try {
    const metadata = await sharp(bytes, input).metadata();
    const kind = kindOf(metadata, name);
    const image = await toPixels(sharp(bytes, { ...input, autoOrient: true }), kind);
    return { image, metadata: keptMetadata(metadata) };
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

function keptMetadata({ icc, exif, xmpAsString, density }: Metadata): PhotoMetadata {
  return {
    ...(icc && { icc }),
    ...(exif && { exif: uprightExif(exif) }),
    ...(xmpAsString && { xmp: uprightXmp(xmpAsString) }),
    ...(density !== undefined && { density }),
  };
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
  return new ImageError({
    subject: name,
    problem: `the image is damaged or cut short (${message})`,
    remedy: 'get a complete copy of it',
    cause,
  });
}
