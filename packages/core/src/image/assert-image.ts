import { ImageError } from '../errors/image-error';
import type { Image } from './image';

/**
 * Checks that an image is what its fields say.
 * @param name what errors call it
 * @throws ImageError for sizes that are not positive whole numbers, unknown channels, or missing samples
 */
export function assertImage(image: Image, name = 'image'): void {
  const { data, width, height, channels } = image;
  if (!isCount(width) || !isCount(height)) {
    throw new ImageError({ subject: name, problem: `${width}×${height} is not an image size` });
  }
  if (![1, 2, 3, 4].includes(channels)) {
    throw new ImageError({
      subject: name,
      problem: `${channels} channels`,
      remedy: 'give 1 (gray), 2 (gray, alpha), 3 (RGB) or 4 (RGB, alpha)',
    });
  }
  const expected = width * height * channels;
  if (data.length !== expected) {
    throw new ImageError({
      subject: name,
      problem: `${data.length} samples where ${width}×${height}×${channels} needs ${expected}`,
    });
  }
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}
