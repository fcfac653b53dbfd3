import type { Image } from '@diffir/core';
import { ImageError } from '@diffir/core/errors';
import type { SentImage } from '../engine/engine';
import type { ImageInput } from '../restorer/options';

export interface PreparedImage {
  readonly sent: SentImage;
  /** Frees what was made of the input. */
  release(): void;
}

/**
 * Takes hold of a picture as it is now, in a form that can be sent to a worker any number of times. Samples
 * are not copied: they must stay as they are until the picture is restored.
 * @param name what errors call it
 * @throws ImageError when its pixels may not be read
 */
export async function prepareImage(input: ImageInput, name: 'image' | 'mask'): Promise<PreparedImage> {
  if (input instanceof Blob) return { sent: { kind: 'blob', blob: input }, release() {} };
  if ('channels' in input) return { sent: { kind: 'samples', image: input }, release() {} };
  if (input instanceof ImageData && input.colorSpace === 'srgb') {
    return { sent: { kind: 'samples', image: imageOf(input) }, release() {} };
  }
  const bitmap = await readableBitmap(input, name);
  return { sent: { kind: 'bitmap', bitmap }, release: () => bitmap.close() };
}

/** The same memory, as bytes. */
function imageOf({ data, width, height }: ImageData): Image {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return { data: bytes, width, height, channels: 4 };
}

/** A bitmap whose pixels the page may know: others make it across to no worker. */
async function readableBitmap(source: ImageBitmapSource, name: string): Promise<ImageBitmap> {
  try {
    const bitmap = await createImageBitmap(source, { premultiplyAlpha: 'none' });
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    context?.getImageData(0, 0, 1, 1);
    return bitmap;
  } catch (cause) {
    throw new ImageError({
      subject: name,
      problem: 'its pixels cannot be read',
      remedy: 'wait until it is loaded, and load pictures of other sites with crossorigin="anonymous"',
      cause,
    });
  }
}
