import { assertImage, type Image, ImageError } from '@diffir/core';
import { lumaOf } from './luma';
import type { PixelSettings } from './pixel-settings';

/** Channels of an image apart from each other, in 8-bit levels (0–255), row by row. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly Float64Array[];
}

/** The largest 8-bit level: what `Planes` are scaled to, whatever the image's samples. */
export const PEAK = 255;

/**
 * What of an image is compared: channel, border and rounding applied.
 * @param name what errors call the image
 * @throws ImageError when it is no image or nothing is left inside the border
 */
export function planesOf(image: Image, { channel, border, samples }: PixelSettings, name = 'image'): Planes {
  assertImage(image, name);
  const [width, height] = [image.width - 2 * border, image.height - 2 * border];
  if (width < 1 || height < 1) {
    throw new ImageError({
      subject: name,
      problem: `nothing of ${image.width}×${image.height} is left inside a border of ${border}`,
      remedy: 'use a smaller border',
    });
  }
  const { data, channels } = image;
  const [green, blue] = channels >= 3 ? [1, 2] : [0, 0];
  const count = channel === 'y' || channels < 3 ? 1 : 3;
  const planes = Array.from({ length: count }, () => new Float64Array(width * height));
  if (channel === 'rgb' && data instanceof Uint8Array) {
    for (const [index, plane] of planes.entries()) copyChannel(data, plane, { ...image, border, index });
    return { width, height, planes };
  }
  const level = levelReader(image, samples === '8-bit');
  for (const [index, plane] of planes.entries()) {
    for (let y = 0, target = 0; y < height; y++) {
      let source = ((y + border) * image.width + border) * channels;
      for (let x = 0; x < width; x++, target++, source += channels) {
        plane[target] =
          channel === 'y'
            ? lumaOf(level(source) / PEAK, level(source + green) / PEAK, level(source + blue) / PEAK)
            : level(source + index);
      }
    }
  }
  return { width, height, planes };
}

interface ChannelPlace {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly border: number;
  readonly index: number;
}

/** One channel of 8-bit samples inside the border: the most common case by far, and what PSNR takes longest for. */
function copyChannel(
  data: Uint8Array,
  plane: Float64Array,
  { width, height, channels, border, index }: ChannelPlace,
): void {
  for (let y = border, target = 0; y < height - border; y++) {
    const row = y * width;
    for (let x = row + border; x < row + width - border; x++)
      plane[target++] = data[x * channels + index] ?? 0;
  }
}

/** The planes of two images of one size, side by side. */
export interface ComparedPlanes {
  readonly width: number;
  readonly height: number;
  readonly pairs: readonly (readonly [reference: Float64Array, restored: Float64Array])[];
}

/**
 * What of two images is compared. Where one is gray and the other RGB, gray stands for three equal channels.
 * @throws ImageError when they differ in size or nothing is left inside the border
 */
export function comparedPlanes(reference: Image, restored: Image, settings: PixelSettings): ComparedPlanes {
  assertSameSize(reference, restored);
  const { width, height, planes } = planesOf(reference, settings, 'reference');
  const other = planesOf(restored, settings, 'restored image').planes;
  const count = Math.max(planes.length, other.length);
  return { width, height, pairs: zip(spread(planes, count), spread(other, count)) };
}

/** A single plane as often as there are planes to compare it with. */
function spread(planes: readonly Float64Array[], count: number): readonly Float64Array[] {
  const [only] = planes;
  return only === undefined || planes.length > 1 ? planes : Array.from({ length: count }, () => only);
}

function zip<T>(a: readonly T[], b: readonly T[]): readonly (readonly [T, T])[] {
  return a.flatMap((value, index) => {
    const other = b[index];
    return other === undefined ? [] : [[value, other] as const];
  });
}

/** @throws ImageError when the two are not of one size */
export function assertSameSize(reference: Image, restored: Image): void {
  if (reference.width === restored.width && reference.height === restored.height) return;
  throw new ImageError({
    subject: 'restored image',
    problem: `it is ${restored.width}×${restored.height} and its reference ${reference.width}×${reference.height}`,
    remedy: 'compare images of one size; see modCrop for references that are no multiple of the scale',
  });
}

/** Reads samples as 8-bit levels, rounded if asked; a sample that is no number counts as 0. */
function levelReader({ data }: Image, round: boolean): (index: number) => number {
  if (data instanceof Uint8Array) return (index) => data[index] ?? 0;
  const scale = data instanceof Uint16Array ? PEAK / 65535 : PEAK;
  if (!round) return (index) => (data[index] ?? 0) * scale;
  const level = (value: number) => (value > 0 ? Math.round(Math.min(value, PEAK)) : 0);
  return (index) => level((data[index] ?? 0) * scale);
}
