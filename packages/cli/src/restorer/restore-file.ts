import { type Image, OptionError, type RestoreProgress, type Restorer } from '@diffir/core';
import { encodePhoto } from '../io/encode-photo';
import { formatOfName, type OutputFormat } from '../io/image-formats';
import { profileOnly } from '../io/photo';
import { readPhoto } from '../io/read-photo';
import { resizeImage } from '../io/resize-image';
import { exists, outputExists, writeAtomically } from '../io/write-atomically';
import { defined } from '../options/defined';
import { numberRules } from '../options/option-rules';
import { type ImageInput, loadImage } from './load-image';

export interface RestoreFileOptions {
  /** The region to fill, for tasks that need one: white (or opaque) = hole, same size as the image. */
  readonly mask?: ImageInput;
  /** See `RestoreOptions` of the core. Default 0. */
  readonly seed?: number;
  /** Side of tiles in input pixels, 0 for the whole picture at once, or `auto` (the default). */
  readonly tile?: number | 'auto';
  /** Least overlap of neighbouring tiles in input pixels. */
  readonly overlap?: number;
  /** Bytes that the network's work may take; `auto` tiles are made small enough. */
  readonly maxMemoryBytes?: number;
  /** Final size over the input's; default: what the model gives. */
  readonly outscale?: number;
  /** Default: what the output's name says. */
  readonly format?: OutputFormat;
  /** 1 to 100, for JPEG, WebP and AVIF. */
  readonly quality?: number;
  /** Leave out what the input says beside its pixels and their colour profile. Default: keep it. */
  readonly strip?: boolean;
  /** Replace an existing output. Default: refuse. */
  readonly overwrite?: boolean;
  /** Aborting rejects with the signal's reason and leaves no file behind. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RestoreProgress) => void;
}

/** Paths, and what messages call them where that differs. */
export interface FilePair {
  readonly input: string;
  readonly output: string;
  readonly inputName?: string;
  readonly outputName?: string;
}

export interface RestoredFile {
  readonly width: number;
  readonly height: number;
}

/**
 * Restores one image file into another: see `Restorer.restoreFile`.
 * @throws OutputError, ImageError, ModelUseError, OutOfMemoryError
 * @throws OptionError when a number is out of range, or the output's name says no format and none is given
 */
export async function restoreFile(
  restorer: Restorer,
  { input, output, inputName = input, outputName = output }: FilePair,
  { mask, outscale, quality, strip = false, overwrite = false, ...options }: RestoreFileOptions,
): Promise<RestoredFile> {
  const { signal } = options;
  assertNumber('outscale', outscale);
  assertNumber('quality', quality);
  const format = options.format ?? formatOf(output, outputName);
  if (!overwrite && (await exists(output))) throw outputExists(outputName);
  const photo = await readPhoto(input, inputName);
  const restored = await restorer.restore(photo.image, {
    ...defined({
      seed: options.seed,
      tile: options.tile,
      overlap: options.overlap,
      maxMemoryBytes: options.maxMemoryBytes,
      onProgress: options.onProgress,
    }),
    ...(mask !== undefined && { mask: await loadImage(mask, 'mask') }),
    ...(signal && { signal }),
  });
  const image = outscale === undefined ? restored : await scaleTo(restored, photo.image, outscale);
  const metadata = strip ? profileOnly(photo.metadata) : photo.metadata;
  const encoding = { format, ...(quality !== undefined && { quality }) };
  const bytes = await encodePhoto({ image, metadata }, encoding, outputName);
  await writeAtomically(output, bytes, { overwrite, name: outputName, ...(signal && { signal }) });
  return { width: image.width, height: image.height };
}

function assertNumber(option: 'outscale' | 'quality', value: number | undefined): void {
  if (value === undefined || numberRules[option].accepts(value)) return;
  throw new OptionError({ subject: option, problem: `${value} is not ${numberRules[option].says}` });
}

function formatOf(output: string, name: string): OutputFormat {
  const format = formatOfName(output);
  if (format !== undefined) return format;
  throw new OptionError({
    subject: name,
    problem: 'its name says no format that diffir writes',
    remedy: 'use .png, .jpg, .webp, .tif or .avif',
  });
}

function scaleTo(restored: Image, { width, height }: Image, outscale: number): Promise<Image> {
  const scaled = (length: number) => Math.max(1, Math.round(length * outscale));
  return resizeImage(restored, scaled(width), scaled(height));
}
