import type { Image } from '@diffir/core';
import sharp from 'sharp';
import { fromPixels, pixelKind, spaceOf, toPixels } from './raw-pixels';

/** Codes an 8-bit gray or RGB image as baseline JPEG with 4:2:0 chroma, and decodes it again. */
export async function recodeAsJpeg(image: Image, quality: number): Promise<Image> {
  const kind = pixelKind(image);
  const file = await fromPixels(image)
    .toColourspace(spaceOf(kind))
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toBuffer();
  return toPixels(sharp(file, { limitInputPixels: false }), kind);
}
