import type { Image } from '@diffir/core';
import type { Photo } from '../../io/photo';
import { readPhoto } from '../../io/read-photo';
import { exists, outputExists } from '../../io/write-atomically';
import { type ImageInput, loadImage } from '../load-image';
import type { FilePair } from './file-pair';

export interface DecodeFileOptions {
  /** Loads what is given, or asks for it once the photo has been read. */
  readonly mask?: ImageInput | (() => Promise<ImageInput>);
  /** Replace an existing output. */
  readonly overwrite: boolean;
}

/** A photo in memory, and its mask where it has one. */
export interface DecodedFile {
  readonly photo: Photo;
  readonly mask?: Image;
}

/**
 * The first stage of restoring a file: reads it.
 * @throws OutputError when the output exists and is not to be replaced: before any work
 * @throws ImageError when the file or its mask cannot be read
 */
export async function decodeFile(
  { input, inputName, output, outputName }: FilePair,
  { mask, overwrite }: DecodeFileOptions,
): Promise<DecodedFile> {
  if (!overwrite && (await exists(output))) throw outputExists(outputName);
  const photo = await readPhoto(input, inputName);
  if (mask === undefined) return { photo };
  return { photo, mask: await loadImage(typeof mask === 'function' ? await mask() : mask, 'mask') };
}
