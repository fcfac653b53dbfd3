import type { Image } from '@diffir/core';

/** Gray as RGB with three equal channels; anything else as it is. */
export function toRgb(image: Image): Image {
  const { data, width, height, channels } = image;
  if (channels !== 1) return image;
  const length = 3 * data.length;
  const rgb =
    data instanceof Uint8Array
      ? new Uint8Array(length)
      : data instanceof Uint16Array
        ? new Uint16Array(length)
        : new Float32Array(length);
  for (let index = 0; index < length; index++) rgb[index] = data[Math.floor(index / 3)] ?? 0;
  return { data: rgb, width, height, channels: 3 };
}
