import { ImageError } from '../errors/image-error';
import { assertImage } from './assert-image';
import type { Image } from './image';
import { fullScale } from './samples';

/**
 * The hole a mask image marks, as a one-channel image: 255 = hole, 0 = keep. White marks the hole; in a
 * mask with varying transparency, opaque does. Values are split at one half.
 * @throws ImageError when the mask's size is not the image's, naming both
 */
export function holeFromMask(mask: Image, image: Pick<Image, 'width' | 'height'>): Image {
  assertImage(mask, 'mask');
  const { data, width, height, channels } = mask;
  if (width !== image.width || height !== image.height) {
    throw new ImageError({
      subject: 'mask',
      problem: `it is ${width}×${height} and the image ${image.width}×${image.height}`,
      remedy: 'give a mask of the size of the image',
    });
  }
  const mark = transparencyVaries(mask) ? [channels - 1] : channels >= 3 ? [0, 1, 2] : [0];
  const half = (fullScale(data) * mark.length) / 2;
  const hole = Uint8Array.from({ length: width * height }, (_, pixel) => {
    const sum = mark.reduce((total, channel) => total + (data[pixel * channels + channel] ?? 0), 0);
    return sum >= half ? 255 : 0;
  });
  return { data: hole, width, height, channels: 1 };
}

/** The mask that marks what `mask` does not: a one-channel image as `holeFromMask` gives. */
export function invertMask(mask: Image): Image {
  const hole = holeFromMask(mask, mask);
  return { ...hole, data: hole.data.map((value) => 255 - value) };
}

function transparencyVaries({ data, channels }: Image): boolean {
  if (channels === 1 || channels === 3) return false;
  const opaque = fullScale(data);
  for (let index = channels - 1; index < data.length; index += channels) {
    if ((data[index] ?? opaque) < opaque) return true;
  }
  return false;
}
