import type { Image } from '@diffir/core';

/** A picture as it goes by way of JSON. */
export interface PlainImage extends Omit<Image, 'data'> {
  readonly data: readonly number[];
}

/** A smooth picture, different in every channel and not symmetric, so that no mix-up goes unnoticed. */
export function testImage(width: number, height: number, channels: Image['channels'] = 3): PlainImage {
  const data = Array.from({ length: width * height * channels }, (_, index) => {
    const [channel, pixel] = [index % channels, Math.floor(index / channels)];
    const [x, y] = [(pixel % width) / width, Math.floor(pixel / width) / height];
    const value = [x, y * y, (x + y) / 2, (1 + x * y) / 2][channel] ?? 0;
    return Math.round(value * 255);
  });
  return { data, width, height, channels };
}

export function plain({ data, width, height, channels }: Image): PlainImage {
  return { data: [...data], width, height, channels };
}

export function fromPlain({ data, ...rest }: PlainImage): Image {
  return { ...rest, data: Uint8Array.from(data) };
}

/** Largest difference between samples; infinite between images of different sizes. */
export function largestDifference(a: PlainImage, b: PlainImage): number {
  if (a.width !== b.width || a.height !== b.height || a.channels !== b.channels) return Infinity;
  return a.data.reduce((most, value, index) => Math.max(most, Math.abs(value - (b.data[index] ?? NaN))), 0);
}
