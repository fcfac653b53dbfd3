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
  const { pairs } = comparedPlanes(reference, restored, settings);
  const total = pairs.reduce((sum, [a, b]) => sum + meanSquaredError(a, b), 0);
  return { metric: 'psnr', value: decibels(total / pairs.length / (PEAK * PEAK)), settings };
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
