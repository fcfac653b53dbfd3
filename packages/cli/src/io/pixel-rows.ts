import { allRows, type Image, type ImageSamples, imageSource } from '@diffir/core';

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
