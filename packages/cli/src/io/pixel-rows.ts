import { type Image, type ImageSamples, type ImageSource, imageSource } from '@diffir/core';

/** A picture as rows of samples, in order. */
export interface PixelRows {
  readonly width: number;
  readonly height: number;
  readonly channels: Image['channels'];
  readonly bits: 8 | 16;
  /** All of its samples, some rows at a time. */
  readonly rows: AsyncIterable<ImageSamples>;
}

/** An image's rows. Floats are none of a file's samples. */
export function pixelRows(image: Image): PixelRows {
  const { width, height, channels, data } = image;
  return {
    width,
    height,
    channels,
    bits: data instanceof Uint8Array ? 8 : 16,
    rows: allRows(imageSource(image)),
  };
}

/** About as many samples as are read and encoded at once. */
const SAMPLES_AT_ONCE = 2 ** 20;

/** All rows of a picture in order, some at a time. */
export async function* allRows(source: ImageSource): AsyncGenerator<ImageSamples> {
  const step = Math.max(1, Math.floor(SAMPLES_AT_ONCE / (source.width * source.channels)));
  for (let row = 0; row < source.height; row += step) {
    yield await source.read(row, Math.min(step, source.height - row));
  }
}
