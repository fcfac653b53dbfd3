import type { Image } from '@diffir/core';
import sharp from 'sharp';

export interface TestImageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly channels?: Image['channels'];
  readonly sixteenBit?: boolean;
}

/** A smooth picture, different in every channel and not symmetric, so that no mix-up goes unnoticed. */
export function testImage({
  width = 24,
  height = 16,
  channels = 3,
  sixteenBit = false,
}: TestImageOptions = {}): Image {
  const scale = sixteenBit ? 65535 : 255;
  const values = Array.from({ length: width * height * channels }, (_, index) => {
    const [channel, pixel] = [index % channels, Math.floor(index / channels)];
    const [x, y] = [(pixel % width) / width, Math.floor(pixel / width) / height];
    const value = [x, y * y, (x + y) / 2, (1 + x) / 2][channels === 2 && channel === 1 ? 3 : channel] ?? 0;
    return Math.round(value * scale);
  });
  const data = sixteenBit ? Uint16Array.from(values) : Uint8Array.from(values);
  return { data, width, height, channels };
}

/** An image as a sharp pipeline, to be encoded by a test without the code under test. */
export function asSharp({ data, width, height, channels }: Image) {
  const gray = channels <= 2;
  const sixteenBit = data instanceof Uint16Array;
  const space = gray ? (sixteenBit ? 'grey16' : 'b-w') : sixteenBit ? 'rgb16' : 'srgb';
  return sharp(data, { raw: { width, height, channels } }).toColourspace(space);
}

/** Largest difference between two images' samples. */
export function largestDifference(a: Image, b: Image): number {
  if (a.data.length !== b.data.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  a.data.forEach((value, index) => {
    largest = Math.max(largest, Math.abs(value - (b.data[index] ?? 0)));
  });
  return largest;
}
