import { assertImage, type Image, OptionError } from '@diffir/core';

/**
 * The image without the rows at the bottom and columns at the right that make its sides no multiple of
 * `multiple`: what super-resolution is measured against, the LQ image having been made from that part.
 * The image itself if there is nothing to cut.
 * @throws OptionError when `multiple` is no positive whole number, or larger than a side
 */
export function modCrop(image: Image, multiple: number): Image {
  assertImage(image);
  const { data, channels } = image;
  const valid = Number.isInteger(multiple) && multiple > 0 && multiple <= Math.min(image.width, image.height);
  if (!valid) {
    throw new OptionError({
      subject: 'multiple',
      problem: `${multiple} for an image of ${image.width}×${image.height}`,
      remedy: 'give a whole number from 1 up to its shorter side',
    });
  }
  const [width, height] = [image.width - (image.width % multiple), image.height - (image.height % multiple)];
  if (width === image.width && height === image.height) return image;
  const cropped = data.slice(0, width * height * channels);
  for (let y = 0; y < height; y++) {
    const start = y * image.width * channels;
    cropped.set(data.subarray(start, start + width * channels), y * width * channels);
  }
  return { data: cropped, width, height, channels };
}
