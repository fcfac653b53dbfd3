import { assertImage, type Image, ImageError } from '@diffir/core';

/** A gray or RGB image with samples in [0, 1], as degradations work on it. */
export interface FloatImage extends Image {
  readonly data: Float32Array;
}

/** An image of 8-bit samples. */
export interface EightBitImage extends Image {
  readonly data: Uint8Array;
}

/**
 * The image in [0, 1].
 * @throws ImageError if it has alpha, whose colours would bleed, or is no image
 */
export function toFloatImage(image: Image): FloatImage {
  assertOpaque(image);
  const { data, width, height, channels } = image;
  if (data instanceof Float32Array) return { data, width, height, channels };
  const white = data instanceof Uint8Array ? 255 : 65535;
  const samples = new Float32Array(data.length);
  for (let i = 0; i < samples.length; i++) samples[i] = (data[i] ?? 0) / white;
  return { data: samples, width, height, channels };
}

/** Rounded to 8 bits, what lies outside [0, 1] clamped. */
export function toEightBit({ data, width, height, channels }: FloatImage): EightBitImage {
  const levels = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) levels[i] = toLevel(255 * (data[i] ?? 0));
  return { data: levels, width, height, channels };
}

/** The nearest of the 256 levels, halves up. */
export function toLevel(value: number): number {
  return value > 0 ? Math.min(255, Math.floor(value + 0.5)) : 0;
}

/** @throws ImageError if the image has alpha or is no image */
export function assertOpaque(image: Image): void {
  assertImage(image);
  if (image.channels === 1 || image.channels === 3) return;
  throw new ImageError({
    problem: `degrading takes gray or RGB images, not ${image.channels} channels`,
    remedy: 'remove the alpha channel first',
  });
}

/**
 * The image without the rows and columns at the bottom and right that keep its size from being a
 * multiple of `scale`; its samples stay of their kind.
 * @throws ImageError if nothing would be left
 */
export function cropToMultiple(image: Image, scale: number): Image {
  const width = image.width - (image.width % scale);
  const height = image.height - (image.height % scale);
  if (width === image.width && height === image.height) return image;
  if (width === 0 || height === 0) {
    throw new ImageError({
      problem: `an image of ${image.width}×${image.height} is too small to be made ${scale} times smaller`,
      remedy: `use an image of at least ${scale}×${scale}`,
    });
  }
  const { data, channels } = image;
  const kept = data.slice(0, width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = y * image.width * channels;
    kept.set(data.subarray(from, from + width * channels), y * width * channels);
  }
  return { data: kept, width, height, channels };
}
