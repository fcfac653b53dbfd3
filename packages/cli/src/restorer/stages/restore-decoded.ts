import type { Image, PixelSize, RestoreOptions, Restorer, RowLayout } from '@diffir/core';
import type { Photo } from '../../io/photo';
import {
  isPictureFile,
  openPicture,
  type PictureFile,
  pictureFileSink,
  temporaryStore,
} from '../../io/picture-file';
import { temporaryFileError } from '../../io/temporary-file-error';
import type { FileWork } from '../../io/temporary-files';
import type { DecodedFile } from './decode-file';

/** A restored photo, and the size that it had before. */
export interface RestoredPhoto {
  readonly photo: Photo<Image | PictureFile>;
  readonly inputSize: PixelSize;
}

/**
 * The second stage of restoring a file: the network's work. The input's samples are free afterwards, and
 * gone where they are in a file.
 * @param work where the result of a photo in a file is put
 * @throws what `Restorer.restore` throws; OutputError when a temporary file cannot be written
 */
export async function restoreDecoded(
  restorer: Restorer,
  { photo, mask }: DecodedFile,
  { work, ...options }: Omit<RestoreOptions, 'mask'> & { readonly work: FileWork },
): Promise<RestoredPhoto> {
  const { image, metadata } = photo;
  const withMask = { ...options, ...(mask && { mask }) };
  const restored = isPictureFile(image)
    ? await restoreFromFile(restorer, image, { ...withMask, work })
    : await restorer.restore(image, withMask);
  return {
    photo: { image: restored, metadata },
    inputSize: { height: image.height, width: image.width },
  };
}

async function restoreFromFile(
  restorer: Restorer,
  picture: PictureFile,
  { work, ...options }: RestoreOptions & { readonly work: FileWork },
): Promise<PictureFile> {
  const { files, output, name } = work;
  const createStore = (layout: RowLayout) => temporaryStore(layout, work);
  const fill = (path: string) =>
    restorer.restoreRows({ source: picture, sink: pictureFileSink(path), createStore }, options);
  const path = await files.create(output, fill).catch((cause: unknown) => {
    throw temporaryFileError(cause, name) ?? cause;
  });
  await files.remove(picture.path);
  const { scale } = restorer.model;
  const { width, height, channels, bits } = picture;
  return openPicture({ path, width: width * scale, height: height * scale, channels, bits });
}
