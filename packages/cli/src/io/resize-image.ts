import type { Image } from '@diffir/core';
import { fromPixels, pixelKind, toPixels } from './raw-pixels';

/** An image at another size, by Lanczos resampling (a = 3, antialiased), in the same kind of samples. */
export async function resizeImage(image: Image, width: number, height: number): Promise<Image> {
  if (image.width === width && image.height === height) return image;
  const resized = fromPixels(image).resize(width, height, { fit: 'fill', kernel: 'lanczos3' });
  return toPixels(resized, pixelKind(image));
}
