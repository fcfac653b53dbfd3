import { type Image, invertMask, type MaskImage } from '@diffir/core';
import { decodePhotoToFile } from '../../io/decode-photo';
import type { MaskFile } from '../../io/find-mask';
import type { Photo } from '../../io/photo';
import { DECODED_SUFFIX, isPictureFile, type PictureFile } from '../../io/picture-file';
import { readPhoto } from '../../io/read-photo';
import { exists, outputExists } from '../../io/write-atomically';
import { type ImageInput, loadImage } from '../load-image';
import { photoSize } from '../photo-size';
import type { FilePair } from './file-pair';
import { diskBytes, isLarge, type LargePhotos } from './large-photos';

export interface DecodeFileOptions {
  readonly mask?: MaskChoice;
  /** Replace an existing output. */
  readonly overwrite: boolean;
  /** What to do with photos too large for memory. */
  readonly large: LargePhotos;
}

/** What to fill. */
interface MaskChoice {
  /** A mask, or a way to find its file once the photo has been read. */
  readonly input: ImageInput | (() => Promise<MaskFile>);
  /** Whether what it does not mark is filled. */
  readonly inverted: boolean;
}

/** A photo in memory or in a temporary file, and its mask where it has one. */
export interface DecodedFile {
  readonly photo: Photo<Image | PictureFile>;
  readonly mask?: MaskImage;
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
  const opened = await openMask(mask.input, { pair, large, byFile: isPictureFile(photo.image) });
  return { photo, mask: mask.inverted ? await invertMask(opened) : opened };
}

interface MaskPlace {
  readonly pair: FilePair;
  readonly large: LargePhotos;
  /** Whether the photo is in a file, where its mask then should be too. */
  readonly byFile: boolean;
}

async function openMask(choice: MaskChoice['input'], place: MaskPlace): Promise<MaskImage> {
  const found = typeof choice === 'function' ? await choice() : choice;
  if (typeof found !== 'string' && !('path' in found)) return loadImage(found, 'mask');
  const { path: input, name: inputName } = typeof found === 'string' ? { path: found, name: found } : found;
  const large = place.byFile ? { ...place.large, mostInMemory: 0 } : place.large;
  const decoded = place.byFile ? await decodeLarge({ ...place.pair, input, inputName }, large) : undefined;
  return (decoded ?? (await readPhoto(input, inputName))).image;
}

/** Decodes a photo into a temporary file, if it is too large for memory and can be restored from there. */
async function decodeLarge(
  { input, inputName, output, outputName }: FilePair,
  large: LargePhotos,
): Promise<Photo<PictureFile> | undefined> {
  const size = await photoSize(input);
  if (size === undefined || !isLarge(size.bytes, large)) return undefined;
  await large.files.reserve(output, diskBytes(size, large), outputName);
  let photo: Photo<PictureFile> | undefined;
  const decode = async (target: string) => {
    photo = await decodePhotoToFile(input, { target, name: inputName });
  };
  await large.files.create(output, decode, DECODED_SUFFIX);
  return photo;
}
