import { type RandomSource, standardNormal } from '@diffir/core';
import type { FloatImage } from '../degradation/float-image';

export interface GaussianNoise {
  /** Standard deviation in 8-bit levels. */
  readonly sigma: number;
  /** The same noise in all channels. */
  readonly gray: boolean;
}

/** Adds Gaussian noise and clamps to [0, 1]. */
export function addGaussianNoise(
  image: FloatImage,
  random: RandomSource,
  { sigma, gray }: GaussianNoise,
): FloatImage {
  const { data, width, height, channels } = image;
  const shared = gray ? channels : 1;
  const noise = standardNormal(random, data.length / shared);
  const noisy = new Float32Array(data.length);
  for (let i = 0; i < noise.length; i++) {
    const change = ((noise[i] ?? 0) * sigma) / 255;
    for (let at = i * shared; at < (i + 1) * shared; at++) {
      noisy[at] = Math.min(1, Math.max(0, (data[at] ?? 0) + change));
    }
  }
  return { data: noisy, width, height, channels };
}
