import type { Image } from '@diffir/core';

/** A rectangle of pixels. */
export interface CropBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The pixels inside a box, which must lie within the image. */
export function cropImage(image: Image, { x, y, width, height }: CropBox): Image {
  const { data, channels } = image;
  const cropped = data.slice(0, width * height * channels);
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * image.width + x) * channels;
    cropped.set(data.subarray(start, start + width * channels), row * width * channels);
  }
  return { data: cropped, width, height, channels };
}
