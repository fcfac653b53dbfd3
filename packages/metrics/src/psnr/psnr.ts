import type { Image } from '@diffir/core';
import { type PixelSettings, pixelSettings } from '../pixels/pixel-settings';
import { comparedPlanes, PEAK } from '../pixels/planes';
import type { Score } from '../score/score';

export type PsnrScore = Score<'psnr', PixelSettings>;

/**
 * Peak signal-to-noise ratio, 10·log10(255² / MSE) in 8-bit levels, the mean taken over all compared
 * samples; in double precision. Equal images give `Infinity`.
 * @throws ImageError when the images differ in size or nothing is left inside the border
 */
export function psnr(reference: Image, restored: Image, options: Partial<PixelSettings> = {}): PsnrScore {
  const settings = pixelSettings(options);
  const error = errorOfBytes(reference, restored, settings) ?? errorOfPlanes(reference, restored, settings);
  return { metric: 'psnr', value: decibels(error / (PEAK * PEAK)), settings };
}

/** Mean squared error of whole 8-bit images as they lie in memory; undefined where they do not lie alike. */
function errorOfBytes(
  { data: a, ...reference }: Image,
  { data: b, ...restored }: Image,
  { channel, border }: PixelSettings,
): number | undefined {
  const alike =
    channel === 'rgb' &&
    border === 0 &&
    [reference, restored].every(({ channels }) => channels === 3) &&
    reference.width === restored.width &&
    a.length === b.length &&
    a.length === 3 * reference.width * reference.height;
  if (!alike || !(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return undefined;
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += ((a[index] ?? 0) - (b[index] ?? 0)) ** 2;
  return sum / a.length;
}

function errorOfPlanes(reference: Image, restored: Image, settings: PixelSettings): number {
  const { pairs } = comparedPlanes(reference, restored, settings);
  return pairs.reduce((sum, [a, b]) => sum + meanSquaredError(a, b), 0) / pairs.length;
}

/** PSNR from a mean squared error relative to the square of the peak. */
export function decibels(relativeError: number): number {
  return -10 * Math.log10(relativeError);
}

function meanSquaredError(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    sum += difference * difference;
  }
  return sum / a.length;
}
