import type { Image } from './image';

/** An image taken apart for a network that knows only RGB; all values in [0,1]. */
export interface ColorAndAlpha {
  /** RGB, interleaved; gray repeated three times. */
  readonly color: Float32Array;
  /** One value per pixel, absent for opaque formats. */
  readonly alpha?: Float32Array;
}

/** Colour as RGB and alpha apart. */
export function splitAlpha({ channels, width, height }: Image, values: Float32Array): ColorAndAlpha {
  const pixels = width * height;
  const color = channels === 3 ? values : new Float32Array(pixels * 3);
  const colorChannels = channels >= 3 ? 3 : 1;
  if (channels !== 3) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let c = 0; c < 3; c++) {
        color[pixel * 3 + c] = values[pixel * channels + (colorChannels === 3 ? c : 0)] ?? 0;
      }
    }
  }
  if (channels === 1 || channels === 3) return { color };
  const alpha = Float32Array.from({ length: pixels }, (_, pixel) => values[(pixel + 1) * channels - 1] ?? 1);
  return { color, alpha };
}

/** The inverse of `splitAlpha`: interleaved values in an image of `channels`; gray is the mean of RGB. */
export function joinAlpha({ color, alpha }: ColorAndAlpha, channels: Image['channels']): Float32Array {
  if (channels === 3) return color;
  const pixels = color.length / 3;
  const values = new Float32Array(pixels * channels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const [r = 0, g = 0, b = 0] = color.subarray(pixel * 3, pixel * 3 + 3);
    const first = pixel * channels;
    if (channels >= 3) values.set([r, g, b], first);
    else values[first] = (r + g + b) / 3;
    if (channels !== 1) values[first + channels - 1] = alpha?.[pixel] ?? 1;
  }
  return values;
}
