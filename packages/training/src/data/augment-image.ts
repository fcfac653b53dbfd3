import type { Image, RandomSource } from '@diffir/core';

/** Which of the symmetries of a square may be applied to an example. */
export interface AugmentationOptions {
  readonly hflip?: boolean;
  readonly vflip?: boolean;
  /** Turns by 90° (a transposition, which with the flips gives every turn). */
  readonly rot90?: boolean;
}

/** What is done to an example. */
export interface Augmentation {
  readonly hflip: boolean;
  readonly vflip: boolean;
  readonly transpose: boolean;
}

/** Tosses a coin for each; always three, so that what is allowed does not change what is drawn next. */
export function drawAugmentation(
  random: RandomSource,
  { hflip = true, vflip = true, rot90 = true }: AugmentationOptions = {},
): Augmentation {
  const [first, second, third] = [random() < 0.5, random() < 0.5, random() < 0.5];
  return { hflip: first && hflip, vflip: second && vflip, transpose: third && rot90 };
}

/** The image flipped, then transposed. */
export function augmentImage(image: Image, { hflip, vflip, transpose }: Augmentation): Image {
  if (!hflip && !vflip && !transpose) return image;
  const { channels } = image;
  const [width, height] = transpose ? [image.height, image.width] : [image.width, image.height];
  const data = image.data.slice();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [column, row] = transpose ? [y, x] : [x, y];
      const fromX = hflip ? image.width - 1 - column : column;
      const fromY = vflip ? image.height - 1 - row : row;
      const from = (fromY * image.width + fromX) * channels;
      const to = (y * width + x) * channels;
      for (let channel = 0; channel < channels; channel++) {
        data[to + channel] = image.data[from + channel] ?? 0;
      }
    }
  }
  return { data, width, height, channels };
}
