import { type Image, OutputError } from '@diffir/core';
import sharp, { type Sharp } from 'sharp';
import { firstLine } from '../text/first-line';
import { formatTraits, type OutputFormat } from './image-formats';
import { withIptcSegment } from './iptc';
import type { Photo, PhotoMetadata } from './photo';
import { withMetadataChunks } from './png-chunks';
import { fromPixels, pixelKind, spaceOf } from './raw-pixels';
import { withTiffMetadata } from './tiff-exif';

export interface EncodeOptions {
  readonly format: OutputFormat;
  /** 1 to 100, for the lossy formats; the default hardly shows. */
  readonly quality?: number;
}

/**
 * Encodes a photo with its profile and metadata. 16-bit samples are rounded to 10 or 8 bits where the
 * format has no more; gray becomes RGB where the format has no gray.
 * @param name what errors call it
 * @throws OutputError when the format cannot hold it: transparency in JPEG, too large a size
 */
export async function encodePhoto(photo: Photo, options: EncodeOptions, name: string): Promise<Uint8Array> {
  const image = fitToFormat(photo.image, options.format, name);
  try {
    const source = await withMetadata({ image, metadata: photo.metadata }, options.format);
    const file = await encoder(source, options, image).toBuffer();
    return withForeignMetadata(file, photo.metadata, options.format);
  } catch (cause) {
    const problem = `cannot be encoded as ${options.format}: ${firstLine(cause)}`;
    throw new OutputError({ subject: name, problem, cause });
  }
}

function fitToFormat(image: Image, format: OutputFormat, name: string): Image {
  const { bits, alpha } = formatTraits[format];
  const fitting = bits === 8 ? toEightBit(image) : bits === 10 ? toTenBit(image) : image;
  return alpha ? fitting : withoutAlpha(fitting, format, name);
}

function toEightBit(image: Image): Image {
  if (!(image.data instanceof Uint16Array)) return image;
  return { ...image, data: Uint8Array.from(image.data, (sample) => Math.round(sample / 257)) };
}

/** Rounded to the levels of which the encoder keeps the upper ten bits. */
function toTenBit(image: Image): Image {
  if (!(image.data instanceof Uint16Array)) return image;
  return { ...image, data: image.data.map((sample) => Math.round((sample * 1023) / 65535) << 6) };
}

function withoutAlpha(image: Image, format: OutputFormat, name: string): Image {
  const { channels, data } = image;
  if (channels === 1 || channels === 3) return image;
  const opaque = data instanceof Uint8Array ? 255 : 65535;
  const transparent = data.some((sample, index) => index % channels === channels - 1 && sample !== opaque);
  if (transparent) {
    throw new OutputError({
      subject: name,
      problem: `${format} cannot hold the transparency of this image`,
      remedy: 'choose png, webp, tiff or avif with --format',
    });
  }
  return {
    ...image,
    data: data.filter((_, index) => index % channels !== channels - 1),
    channels: channels === 2 ? 1 : 3,
  };
}

/** A pipeline over the image that has its metadata attached. */
async function withMetadata({ image, metadata }: Photo, format: OutputFormat): Promise<Sharp> {
  const { exif, xmp, density } = metadata;
  const kind = pixelKind(image);
  const gray = kind.gray && formatTraits[format].gray;
  const pixels = fromPixels(image);
  const carried = await carry(pixels, metadata, spaceOf(kind));
  if (exif) carried.keepExif();
  if (xmp) carried.keepXmp();
  // A profile for gray does not fit RGB: without this, sharp converts by it to sRGB.
  if (kind.gray === gray) carried.keepIccProfile();
  // 72 is what stands for "unknown".
  if (density !== undefined && density !== 72) carried.withDensity(density);
  return carried.toColourspace(spaceOf({ ...kind, gray }));
}

async function carry(pixels: Sharp, metadata: PhotoMetadata, space: string): Promise<Sharp> {
  const { icc, exif, xmp } = metadata;
  if (!icc && !exif && !xmp) return pixels;
  const png = await pixels.toColourspace(space).png({ compressionLevel: 0 }).toBuffer();
  return sharp(withMetadataChunks(png, metadata), { limitInputPixels: false });
}

/** Adds what sharp cannot write: EXIF in TIFF, IPTC in TIFF and JPEG. The other formats have no IPTC. */
function withForeignMetadata(file: Uint8Array, metadata: PhotoMetadata, format: OutputFormat): Uint8Array {
  if (format === 'tiff') return withTiffMetadata(file, metadata);
  return format === 'jpeg' && metadata.iptc ? withIptcSegment(file, metadata.iptc) : file;
}

function encoder(pipeline: Sharp, { format, quality }: EncodeOptions, { data }: Image): Sharp {
  switch (format) {
    case 'png':
      return pipeline.png();
    case 'jpeg':
      return pipeline.jpeg({ quality: quality ?? 95, chromaSubsampling: '4:4:4' });
    case 'webp':
      return pipeline.webp({ quality: quality ?? 95, smartSubsample: true });
    case 'tiff':
      return pipeline.tiff({ compression: 'lzw', predictor: 'horizontal' });
    case 'avif':
      return pipeline.avif({ quality: quality ?? 85, bitdepth: data instanceof Uint8Array ? 8 : 10 });
  }
}
