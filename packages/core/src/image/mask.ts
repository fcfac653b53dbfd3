import { ImageError } from '../errors/image-error';
import { assertImage } from './assert-image';
import type { Image } from './image';
import { joinAlpha, splitAlpha } from './planes';
import { toUnitRange } from './samples';

/**
 * The hole a mask image marks, one value per pixel: 1 = hole, 0 = keep. White marks the hole; in a
 * mask with varying transparency, opaque does. Values are split at one half.
 * @throws ImageError when the mask's size is not the image's, naming both
 */
export function holeFromMask(mask: Image, image: Image): Float32Array {
  assertImage(mask, 'mask');
  if (mask.width !== image.width || mask.height !== image.height) {
    throw new ImageError({
      subject: 'mask',
      problem: `it is ${mask.width}×${mask.height} and the image ${image.width}×${image.height}`,
      remedy: 'give a mask of the size of the image',
    });
  }
  const planes = splitAlpha(mask, toUnitRange(mask.data));
  const marks = planes.alpha?.some((value) => value < 1)
    ? planes.alpha
    : joinAlpha({ color: planes.color }, 1);
  return marks.map((value) => (value >= 0.5 ? 1 : 0));
}
