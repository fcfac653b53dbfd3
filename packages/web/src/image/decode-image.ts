import { type Image, ImageError } from '@diffir/core';
import type { SentImage } from '../engine/engine';
import { readBitmap } from './read-bitmap';

/**
 * The samples of a picture. Encoded ones are decoded by the browser.
 * @param name what errors call it, where it has no name of its own
 * @throws ImageError when the browser cannot decode it
 */
export async function decodeImage(sent: SentImage, name: 'image' | 'mask'): Promise<Image> {
  switch (sent.kind) {
    case 'samples':
      return sent.image;
    case 'bitmap':
      return readBitmap(sent.bitmap);
    case 'blob':
      return decodeBlob(sent.blob, blobName(sent.blob) ?? name);
  }
}

async function decodeBlob(blob: Blob, name: string): Promise<Image> {
  const bitmap = await createImageBitmap(blob, {
    premultiplyAlpha: 'none',
    imageOrientation: 'from-image',
  }).catch((cause: unknown) => {
    const type = blob.type === '' ? '' : ` (${blob.type})`;
    throw new ImageError({
      subject: name,
      problem: blob.size === 0 ? 'it is empty' : `this browser cannot decode it as an image${type}`,
      remedy: 'give a complete PNG, JPEG, WebP or other image that the browser shows',
      cause,
    });
  });
  try {
    return await readBitmap(bitmap);
  } finally {
    bitmap.close();
  }
}

function blobName(blob: Blob): string | undefined {
  return blob instanceof File && blob.name !== '' ? blob.name : undefined;
}
