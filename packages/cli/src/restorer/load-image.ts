import type { Image } from '@diffir/core';
import { decodePhoto } from '../io/decode-photo';
import { readPhoto } from '../io/read-photo';

/** An image file's path, an encoded image (a Buffer, say), or decoded samples. */
export type ImageInput = string | Uint8Array | Image;

/**
 * The samples of any kind of input.
 * @param name what errors call an image that has no path
 * @throws ImageError when it cannot be read or decoded
 */
export async function loadImage(input: ImageInput, name = 'image'): Promise<Image> {
  if (typeof input === 'string') return (await readPhoto(input)).image;
  if (input instanceof Uint8Array) return (await decodePhoto(input, name)).image;
  return input;
}
