import type { Image, PixelSize } from '@diffir/core';
import { encodePhoto } from '../../io/encode-photo';
import type { OutputFormat } from '../../io/image-formats';
import { profileOnly } from '../../io/photo';
import { resizeImage } from '../../io/resize-image';
import { writeAtomically } from '../../io/write-atomically';
import type { FilePair } from './file-pair';
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
}

/**
 * The last stage of restoring a file: resizes, encodes and writes. It appears whole or not at all.
 * @throws OutputError when the format cannot hold it, or it cannot be written
 */
export async function writeRestored(
  { output, outputName: name }: Pick<FilePair, 'output' | 'outputName'>,
  { photo, inputSize }: RestoredPhoto,
  { format, outscale, quality, strip, overwrite, signal }: WriteRestoredOptions,
): Promise<PixelSize> {
  const image = outscale === undefined ? photo.image : await scaleTo(photo.image, inputSize, outscale);
  signal?.throwIfAborted();
  const metadata = strip ? profileOnly(photo.metadata) : photo.metadata;
  const encoding = { format, ...(quality !== undefined && { quality }) };
  const bytes = await encodePhoto({ image, metadata }, encoding, name);
  await writeAtomically(output, bytes, { overwrite, name, ...(signal && { signal }) });
  return { width: image.width, height: image.height };
}

function scaleTo(restored: Image, { width, height }: PixelSize, outscale: number): Promise<Image> {
  const scaled = (length: number) => Math.max(1, Math.round(length * outscale));
  return resizeImage(restored, scaled(width), scaled(height));
}
