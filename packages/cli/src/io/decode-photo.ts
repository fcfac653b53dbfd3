import { DiffIRError, ImageError, type ImageSamples } from '@diffir/core';
import sharp, { type Metadata } from 'sharp';
import { defined } from '../options/defined';
import { firstLine } from '../text/first-line';
import { isHiddenAnimation } from './animation';
import { type ByteReader, readerOf, withFileReader } from './byte-reader';
import { uprightExif, uprightXmp } from './exif';
import { describeFileError, fileErrorCode } from './file-errors';
import { readableFormats } from './image-formats';
import { iptcRecord } from './iptc';
import type { Photo } from './photo';
import { DECODED_HEADER_BYTES, openPicture, type PictureFile } from './picture-file';
import { channelsOf, type PixelKind, spaceOf, toPixels } from './raw-pixels';
import { temporaryFileError } from './temporary-file-error';
import { exifOfTiff } from './tiff-exif';

/** Width times height a file may claim; beyond it, it is more likely an attack than a photo. */
const MOST_PIXELS = 0x3fff ** 2;

const inputOptions = { failOn: 'error', limitInputPixels: MOST_PIXELS, ignoreIcc: true } as const;

/**
 * Decodes an image file: turned upright, samples as stored (8 or 16 bit, gray or RGB, alpha), in the
 * colour space of its profile rather than converted to sRGB.
 * @param name what errors call it
 * @throws ImageError for what is no image, damaged, cut short, animated, or neither gray nor RGB
 */
export async function decodePhoto(bytes: Uint8Array, name: string): Promise<Photo> {
  try {
    const { metadata, kind, kept } = await describe(bytes, readerOf(bytes), name);
    const image = await toPixels(sharp(bytes, { ...inputOptions, autoOrient: true }), kind);
    const adjust = toFullScale(metadata);
    return { image: adjust ? { ...image, data: adjust(image.data) } : image, metadata: kept };
  } catch (error) {
    throw explain(error, name);
  }
}

/**
 * Decodes an image file into another file, without ever holding all of it: see `decodePhoto`.
 * @param target path of the file to make, which ends in `DECODED_SUFFIX`
 * @throws ImageError as `decodePhoto`
 * @throws OutputError when the file cannot be written
 */
export async function decodePhotoToFile(
  path: string,
  { target, name }: { readonly target: string; readonly name: string },
): Promise<Photo<PictureFile>> {
  try {
    const { metadata, kind, kept } = await withFileReader(path, (reader) => describe(path, reader, name));
    const pipeline = sharp(path, { ...inputOptions, autoOrient: true }).toColourspace(spaceOf(kind));
    const { width, height } = await pipeline.toFile(target).catch((cause: unknown) => {
      throw temporaryFileError(cause, name) ?? cause;
    });
    const layout = { width, height, channels: channelsOf(kind), bits: kind.sixteenBit ? 16 : 8 } as const;
    const adjust = toFullScale(metadata);
    const place = { path: target, offset: DECODED_HEADER_BYTES, ...defined({ adjust }) };
    return { image: openPicture({ ...layout, ...place }), metadata: kept };
  } catch (error) {
    throw explain(error, name);
  }
}

async function describe(input: Uint8Array | string, reader: ByteReader, name: string) {
  if (reader.length === 0) throw new ImageError({ subject: name, problem: 'the file is empty' });
  if (isHiddenAnimation(reader)) {
    throw new ImageError({ subject: name, problem: 'it is animated', remedy: 'split it into single images' });
  }
  const metadata = await sharp(input, inputOptions).metadata();
  return { metadata, kind: kindOf(metadata, name), kept: keptMetadata(metadata, reader) };
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

/**
 * What makes samples reach full scale, if anything has to: HEIF of 10 or 12 bits comes shifted up to 16, which
 * leaves white below.
 */
function toFullScale({ format, depth, bitsPerSample = 16 }: Metadata) {
  if (format !== 'heif' || depth !== 'ushort' || bitsPerSample >= 16) return undefined;
  const shift = 16 - bitsPerSample;
  const factor = 65535 / (2 ** bitsPerSample - 1);
  return (samples: ImageSamples) => samples.map((sample) => Math.round((sample >> shift) * factor));
}

function keptMetadata({ format, icc, exif, iptc, xmpAsString, density }: Metadata, file: ByteReader) {
  const written = format === 'tiff' ? exifOfTiff(file) : exif;
  return defined({
    icc,
    exif: written && uprightExif(written),
    iptc: iptc && iptcRecord(iptc),
    xmp: xmpAsString && uprightXmp(xmpAsString),
    density,
  });
}

function explain(cause: unknown, name: string): DiffIRError {
  if (DiffIRError.isInstance(cause)) return cause;
  if (fileErrorCode(cause) !== undefined) {
    return new ImageError({ subject: name, problem: describeFileError(cause), cause });
  }
  const message = firstLine(cause);
  if (/unsupported image format/.test(message)) {
    const problem = `it is no image that diffir reads`;
    return new ImageError({ subject: name, problem, remedy: `give a ${readableFormats} file`, cause });
  }
  if (/exceeds pixel limit/.test(message)) {
    const problem = `it has more than ${Math.floor(MOST_PIXELS / 1e6)} megapixels`;
    return new ImageError({ subject: name, problem, remedy: 'cut it into parts', cause });
  }
  const detail = message.replace(/^Input (buffer|file) has corrupt header: ?|^Unknown error$/, '');
  return new ImageError({
    subject: name,
    problem: `the image is damaged or cut short${detail === '' ? '' : ` (${detail})`}`,
    remedy: 'get a complete copy of it',
    cause,
  });
}
