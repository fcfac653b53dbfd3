import type { Image } from '@diffir/core';
import { dropOpaqueAlpha } from '../../io/drop-opaque-alpha';
import { readPhoto } from '../../io/read-photo';

/** Decodes a picture file, or has it from the last time. */
export type PictureLoader = (path: string, name: string) => Promise<Image>;

/** A loader that keeps the pictures used last, as many as fit into so many bytes. */
export function createPictureCache(maxBytes: number): PictureLoader {
  const kept = new Map<string, Image>();
  let bytes = 0;
  return async (path, name) => {
    const known = kept.get(path);
    if (known !== undefined) {
      kept.delete(path);
      kept.set(path, known);
      return known;
    }
    const { image } = await readPhoto(path, name);
    const picture = dropOpaqueAlpha(image);
    kept.set(path, picture);
    bytes += picture.data.byteLength;
    for (const [oldest, { data }] of kept) {
      if (bytes <= maxBytes || oldest === path) break;
      kept.delete(oldest);
      bytes -= data.byteLength;
    }
    return picture;
  };
}
