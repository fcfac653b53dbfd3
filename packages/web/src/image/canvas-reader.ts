import { ImageError } from '@diffir/core';
import type { PieceReader } from './piece-reader';

/**
 * Reads by a canvas: exact where the picture is opaque.
 * @param side of the largest piece
 * @throws ImageError when there is no canvas here
 */
export function canvasReader(bitmap: ImageBitmap, side: number): PieceReader {
  const canvas = new OffscreenCanvas(Math.min(bitmap.width, side), Math.min(bitmap.height, side));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) {
    throw new ImageError({ subject: 'image', problem: 'this browser has no canvas to read its pixels with' });
  }
  context.globalCompositeOperation = 'copy';
  return async ({ left, top, width, height }) => {
    context.drawImage(bitmap, left, top, width, height, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  };
}
