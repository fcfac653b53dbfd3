import { OutputError } from '@diffir/core';
import type { Sharp } from 'sharp';
import { firstLine } from '../text/first-line';
import type { ByteEdit } from './byte-edits';
import type { ByteReader } from './byte-reader';
import { formatTraits, type OutputFormat } from './image-formats';
import { iptcSegments } from './iptc';
import type { PhotoMetadata } from './photo';
import { type PixelKind, spaceOf } from './raw-pixels';
import { tiffMetadata } from './tiff-exif';

export interface EncodeOptions {
  readonly format: OutputFormat;
  /** 1 to 100, for the lossy formats; the default hardly shows. */
  readonly quality?: number;
}

/** What is encoded. */
export interface EncodedPicture {
  readonly kind: PixelKind;
  readonly pixels: number;
  readonly metadata: PhotoMetadata;
}

/** Whether there is metadata that sharp takes only from an image that comes with it. */
export function mustComeAlong({ icc, exif, xmp }: PhotoMetadata): boolean {
  return icc !== undefined || exif !== undefined || xmp !== undefined;
}

/** The pipeline that encodes a source, which has its metadata attached. Gray becomes RGB where it must. */
export function encoderOf(
  source: Sharp,
  { kind, pixels, metadata }: EncodedPicture,
  options: EncodeOptions,
): Sharp {
  const { exif, xmp, density } = metadata;
  const gray = kind.gray && formatTraits[options.format].gray;
  if (exif) source.keepExif();
  if (xmp) source.keepXmp();
  // A profile for gray does not fit RGB: without this, sharp converts by it to sRGB.
  if (kind.gray === gray) source.keepIccProfile();
  // 72 is what stands for "unknown".
  if (density !== undefined && density !== 72) source.withDensity(density);
  return withFormat(source.toColourspace(spaceOf({ ...kind, gray })), { kind, pixels }, options);
}

/** Optimal codes for JPEG take 6 bytes of memory a pixel, and save a few percent of the file. */
const MOST_OPTIMISED_PIXELS = 24e6;

function withFormat(
  pipeline: Sharp,
  { kind, pixels }: Pick<EncodedPicture, 'kind' | 'pixels'>,
  { format, quality }: EncodeOptions,
): Sharp {
  switch (format) {
    case 'png':
      return pipeline.png();
    case 'jpeg':
      return pipeline.jpeg({
        quality: quality ?? 95,
        chromaSubsampling: '4:4:4',
        optimiseCoding: pixels <= MOST_OPTIMISED_PIXELS,
      });
    case 'webp':
      return pipeline.webp({ quality: quality ?? 95, smartSubsample: true });
    case 'tiff':
      return pipeline.tiff({ compression: 'lzw', predictor: 'horizontal' });
    case 'avif':
      return pipeline.avif({ quality: quality ?? 85, bitdepth: kind.sixteenBit ? 10 : 8 });
  }
}

/** What sharp cannot write: EXIF in TIFF, IPTC in TIFF and JPEG. The other formats have no IPTC. */
export function foreignMetadata(
  file: ByteReader,
  metadata: PhotoMetadata,
  format: OutputFormat,
): readonly ByteEdit[] {
  if (format === 'tiff') return tiffMetadata(file, metadata);
  return format === 'jpeg' && metadata.iptc ? iptcSegments(file, metadata.iptc) : [];
}

/** The error for a picture that its encoder does not take: too large, say. */
export function encodingError(cause: unknown, format: OutputFormat, name: string): OutputError {
  if (OutputError.isInstance(cause)) return cause;
  const problem = `cannot be encoded as ${format}: ${firstLine(cause)}`;
  return new OutputError({ subject: name, problem, cause });
}
