import { OptionError, type RestoreProgress, type Restorer } from '@diffir/core';
import { formatOfName, type OutputFormat } from '../io/image-formats';
import { createTemporaryFiles } from '../io/temporary-files';
import { defined } from '../options/defined';
import { numberRules } from '../options/option-rules';
import type { ImageInput } from './load-image';
import { decodeFile } from './stages/decode-file';
import type { FilePair } from './stages/file-pair';
import { type LargePhotos, mostInMemory } from './stages/large-photos';
import { restoreDecoded } from './stages/restore-decoded';
import { writeRestored } from './stages/write-restored';

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

export interface RestoredFile {
  readonly width: number;
  readonly height: number;
}

/**
 * Restores one image file into another: see `Restorer.restoreFile`.
 * @param overrides for tests, what photos are too large for memory
 * @throws OutputError, ImageError, ModelUseError, OutOfMemoryError
 * @throws OptionError when a number is out of range, or the output's name says no format and none is given
 */
export async function restoreFile(
  restorer: Restorer,
  { input, output }: Pick<FilePair, 'input' | 'output'>,
  { mask, outscale, quality, strip = false, overwrite = false, ...options }: RestoreFileOptions,
  overrides: Partial<LargePhotos> = {},
): Promise<RestoredFile> {
  assertNumber('outscale', outscale);
  assertNumber('quality', quality);
  const { signal, format = formatOf(output), ...settings } = options;
  signal?.throwIfAborted();
  const pair = { input, inputName: input, output, outputName: output };
  const files = createTemporaryFiles();
  const large = {
    files,
    mostInMemory: mostInMemory(settings.maxMemoryBytes),
    scale: restorer.model.scale,
    ...defined({ outscale }),
    ...overrides,
  };
  try {
    const decoded = await decodeFile(pair, {
      overwrite,
      large,
      ...(mask !== undefined && { mask: { input: mask, inverted: false } }),
    });
    const work = { files: large.files, output, name: output };
    const restored = await restoreDecoded(restorer, decoded, { ...settings, work, ...defined({ signal }) });
    return await writeRestored(pair, restored, {
      ...defined({ outscale, quality, signal }),
      format,
      strip,
      overwrite,
      large,
    });
  } finally {
    await large.files.removeAll();
  }
}

function assertNumber(option: 'outscale' | 'quality', value: number | undefined): void {
  if (value === undefined || numberRules[option].accepts(value)) return;
  throw new OptionError({ subject: option, problem: `${value} is not ${numberRules[option].says}` });
}

function formatOf(output: string): OutputFormat {
  const format = formatOfName(output);
  if (format !== undefined) return format;
  throw new OptionError({
    subject: output,
    problem: 'its name says no format that diffir writes',
    remedy: 'use .png, .jpg, .webp, .tif or .avif',
  });
}
