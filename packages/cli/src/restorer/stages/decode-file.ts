import type { Image } from '@diffir/core';
import { decodePhotoToFile } from '../../io/decode-photo';
import type { Photo } from '../../io/photo';
import { DECODED_SUFFIX, type PictureFile } from '../../io/picture-file';
import { readPhoto } from '../../io/read-photo';
import { exists, outputExists } from '../../io/write-atomically';
import { type ImageInput, loadImage } from '../load-image';
import { photoSize } from '../photo-size';
import type { FilePair } from './file-pair';
import { diskBytes, isLarge, type LargePhotos } from './large-photos';

export interface DecodeFileOptions {
  /** Loads what is given, or asks for it once the photo has been read. */
  readonly mask?: ImageInput | (() => Promise<ImageInput>);
  /** Replace an existing output. */
  readonly overwrite: boolean;
  /** What to do with photos too large for memory. */
  readonly large: LargePhotos;
}

/** A photo in memory or in a temporary file, and its mask where it has one. */
export interface DecodedFile {
  readonly photo: Photo<Image | PictureFile>;
  readonly mask?: Image;
}

/**
 * The first stage of restoring a file: reads it.
 * @throws OutputError when the output exists and is not to be replaced, or the disk has no room: before any
 * work
 * @throws ImageError when the file or its mask cannot be read
 */
export async function decodeFile(
  pair: FilePair,
  { mask, overwrite, large }: DecodeFileOptions,
): Promise<DecodedFile> {
  const { input, inputName, output, outputName } = pair;
  if (!overwrite && (await exists(output))) throw outputExists(outputName);
  const photo = (await decodeLarge(pair, large)) ?? (await readPhoto(input, inputName));
  if (mask === undefined) return { photo };
  return { photo, mask: await loadImage(typeof mask === 'function' ? await mask() : mask, 'mask') };
}

/** Decodes a photo into a temporary file, if it is too large for memory and can be restored from there. */
async function decodeLarge(
  { input, inputName, output, outputName }: FilePair,
  large: LargePhotos,
): Promise<Photo<PictureFile> | undefined> {
  const size = await photoSize(input);
  if (size === undefined || !size.decodesToRows || !isLarge(size.bytes, large)) return undefined;
  await large.files.reserve(output, diskBytes(size.bytes, large), outputName);
  let photo: Photo<PictureFile> | undefined;
  const decode = async (target: string) => {
    photo = await decodePhotoToFile(input, { target, name: inputName });
  };
  await large.files.create(output, decode, DECODED_SUFFIX);
  return photo;
}
