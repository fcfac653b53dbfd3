import type { Image } from '@diffir/core';

/** A restored image as canvases take it: RGBA of 8 bits, gray in all three colours. */
export function toImageData(image: Image): ImageData {
  return new ImageData(toRgba(image, 0, image.height), image.width, image.height);
}

/** Some rows as RGBA of 8 bits. */
export function toRgba(
  { data, width, channels }: Image,
  firstRow: number,
  count: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = width * count;
  const rgba = new Uint8ClampedArray(pixels * 4).fill(255);
  // Clamped arrays round by themselves.
  const scale = data instanceof Uint8Array ? 1 : data instanceof Uint16Array ? 255 / 65535 : 255;
  const colors = channels >= 3 ? 3 : 1;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const from = (firstRow * width + pixel) * channels;
    for (let color = 0; color < 3; color++) {
      rgba[pixel * 4 + color] = (data[from + (colors === 1 ? 0 : color)] ?? 0) * scale;
    }
    if (channels > colors) rgba[pixel * 4 + 3] = (data[from + colors] ?? 0) * scale;
  }
  return rgba;
}
