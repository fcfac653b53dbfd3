import type { PixelSize, RestoreOptions, Restorer } from '@diffir/core';
import type { Photo } from '../../io/photo';
import type { DecodedFile } from './decode-file';

/** A restored photo, and the size that it had before. */
export interface RestoredPhoto {
  readonly photo: Photo;
  readonly inputSize: PixelSize;
}

/**
 * The second stage of restoring a file: the network's work. The input's samples are free afterwards.
 * @throws what `Restorer.restore` throws
 */
export async function restoreDecoded(
  restorer: Restorer,
  { photo, mask }: DecodedFile,
  options: Omit<RestoreOptions, 'mask'>,
): Promise<RestoredPhoto> {
  const { image, metadata } = photo;
  const restored = await restorer.restore(image, { ...options, ...(mask && { mask }) });
  return {
    photo: { image: restored, metadata },
    inputSize: { height: image.height, width: image.width },
  };
}
