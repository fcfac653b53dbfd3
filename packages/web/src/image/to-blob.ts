import type { Image } from '@diffir/core';
import { OutputError } from '@diffir/core/errors';
import { letPageBreathe } from './let-page-breathe';
import { encodePng } from './png/encode-png';
import { toRgba } from './to-image-data';

export interface BlobOptions {
  /** Default: `image/png`. */
  readonly type?: 'image/png' | 'image/jpeg' | 'image/webp';
  /** From 0 to 1, for JPEG and WebP; default: the browser's. */
  readonly quality?: number;
}

/** Pixels that are handed to a canvas at a time. */
const STEP = 2 ** 20;

/**
 * Encodes an image. PNG keeps every sample, 16 bits too, at any size; JPEG and WebP are the browser's, have 8
 * bits, and WebP rounds the colour of half transparent pixels.
 * @throws OutputError when the browser lacks the format or the image is too large for it, and for JPEG when it
 * is transparent
 */
export async function toBlob(image: Image, { type = 'image/png', quality }: BlobOptions = {}): Promise<Blob> {
  if (type === 'image/png') return encodePng(image);
  const canvas = await canvasOf(image);
  if (type === 'image/jpeg' && canvas.transparent) {
    throw new OutputError({
      subject: 'image',
      problem: 'JPEG cannot hold its transparency',
      remedy: 'use image/png or image/webp',
    });
  }
  const blob = await canvas.convert({ type, ...(quality !== undefined && { quality }) });
  if (blob.type === type) return blob;
  throw new OutputError({
    subject: 'image',
    problem: `this browser does not write ${type}`,
    remedy: 'use image/png or image/jpeg',
  });
}

async function canvasOf(image: Image) {
  const { width, height } = image;
  const tooLarge = (cause?: unknown) =>
    new OutputError({
      subject: 'image',
      problem: `${width}×${height} is more than a canvas of this browser can hold`,
      remedy: 'use image/png',
      cause,
    });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw tooLarge();
  const rows = Math.max(1, Math.floor(STEP / width));
  let transparent = false;
  for (let row = 0; row < height; row += rows) {
    const count = Math.min(rows, height - row);
    const rgba = toRgba(image, row, count);
    transparent ||= hasTransparency(rgba);
    context.putImageData(new ImageData(rgba, width, count), 0, row);
    await letPageBreathe();
  }
  return {
    transparent,
    convert: (options: ImageEncodeOptions) =>
      canvas.convertToBlob(options).catch((cause: unknown) => {
        throw tooLarge(cause);
      }),
  };
}

function hasTransparency(rgba: Uint8ClampedArray): boolean {
  for (let index = 3; index < rgba.length; index += 4) if (rgba[index] !== 255) return true;
  return false;
}
