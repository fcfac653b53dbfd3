import type { Image, PixelSize } from '@diffir/core';
import { encodePhoto } from '../../io/encode-photo';
import { encodeToFile, fittedRows, resizePicture } from '../../io/encode-to-file';
import { fitToFormat } from '../../io/fit-to-format';
import type { OutputFormat } from '../../io/image-formats';
import { type Photo, profileOnly } from '../../io/photo';
import { type EncodeOptions, mustComeAlong } from '../../io/photo-encoder';
import { isPictureFile, type PictureFile } from '../../io/picture-file';
import { pixelRows } from '../../io/pixel-rows';
import { resizeImage } from '../../io/resize-image';
import type { FileWork } from '../../io/temporary-files';
import { type FileContent, writeAtomically } from '../../io/write-atomically';
import type { FilePair } from './file-pair';
import type { LargePhotos } from './large-photos';
import type { RestoredPhoto } from './restore-decoded';

export interface WriteRestoredOptions {
  readonly format: OutputFormat;
  /** Final size over the input's; default: what the model gives. */
  readonly outscale?: number;
  /** 1 to 100, for JPEG, WebP and AVIF. */
  readonly quality?: number;
  /** Leave out what the input says beside its pixels and their colour profile. */
  readonly strip: boolean;
  /** Replace an existing output. */
  readonly overwrite: boolean;
  /** Aborting rejects with the signal's reason and leaves no file behind. */
  readonly signal?: AbortSignal;
  /** What to do with photos too large for memory. */
  readonly large: LargePhotos;
}

/**
 * The last stage of restoring a file: resizes, encodes and writes. It appears whole or not at all.
 * @throws OutputError when the format cannot hold it, or it cannot be written
 */
export async function writeRestored(
  { output, outputName: name }: Pick<FilePair, 'output' | 'outputName'>,
  { photo, inputSize }: RestoredPhoto,
  { format, outscale, quality, strip, overwrite, signal, large }: WriteRestoredOptions,
): Promise<PixelSize> {
  const work = { files: large.files, output, name };
  const size = outscale === undefined ? photo.image : scaledSize(inputSize, outscale);
  const image = await resize(photo.image, size, work);
  signal?.throwIfAborted();
  const metadata = strip ? profileOnly(photo.metadata) : photo.metadata;
  const encoding = { format, ...(quality !== undefined && { quality }) };
  const content = await encode({ image, metadata }, encoding, { ...work, large });
  await writeAtomically(output, content, { overwrite, name, ...(signal && { signal }) });
  return { width: image.width, height: image.height };
}

function scaledSize({ width, height }: PixelSize, outscale: number): PixelSize {
  const scaled = (length: number) => Math.max(1, Math.round(length * outscale));
  return { width: scaled(width), height: scaled(height) };
}

function resize(image: Image | PictureFile, size: PixelSize, work: FileWork): Promise<Image | PictureFile> {
  return isPictureFile(image)
    ? resizePicture(image, size, work)
    : resizeImage(image, size.width, size.height);
}

/** Encodes in memory what is there, unless its metadata would take another copy of a large image. */
async function encode(
  { image, metadata }: Photo<Image | PictureFile>,
  encoding: EncodeOptions,
  { large, ...work }: FileWork & { readonly large: LargePhotos },
): Promise<FileContent> {
  if (isPictureFile(image)) {
    return encodeToFile({ pixels: fittedRows(image, encoding.format, work), metadata }, encoding, work);
  }
  const { byteLength } = image.data;
  if (byteLength * 2 <= large.mostInMemory || !mustComeAlong(metadata)) {
    return encodePhoto({ image, metadata }, encoding, work.name);
  }
  await work.files.reserve(work.output, byteLength * 2, work.name);
  const pixels = pixelRows(fitToFormat(image, encoding.format, work.name));
  return encodeToFile({ pixels, metadata }, encoding, work);
}
