import type { RandomSource } from '@diffir/core';
import { type FloatImage, toEightBit, toLevel } from '../degradation/float-image';
import { type PoissonSampler, poissonSampler } from './poisson-sampler';

export interface PoissonNoise {
  /** What the noise is multiplied by. */
  readonly scale: number;
  /** The same noise in all channels: that of the picture in gray. */
  readonly gray: boolean;
}

/**
 * Adds the noise of counted light and clamps to [0, 1]: with the picture x rounded to 8 bits and n the
 * number of different levels in it, rounded up to a power of two, x + scale·(Poisson(n·x)/n − x).
 */
export function addPoissonNoise(
  image: FloatImage,
  random: RandomSource,
  { scale, gray }: PoissonNoise,
): FloatImage {
  const { data, width, height, channels } = image;
  const rounded = toEightBit(image).data;
  const shared = gray ? channels : 1;
  const levels = gray && channels === 3 ? grayLevels(data) : rounded;
  const noiseOf = levelNoise(countOf(levels));
  const noisy = new Float32Array(data.length);
  for (let i = 0; i < levels.length; i++) {
    const change = scale * noiseOf(levels[i] ?? 0, random);
    for (let at = i * shared; at < (i + 1) * shared; at++) {
      noisy[at] = Math.min(1, Math.max(0, (data[at] ?? 0) + change));
    }
  }
  return { data: noisy, width, height, channels };
}

/** Poisson(n·x)/n − x for x a level over 255; a sampler is made for each level that occurs. */
function levelNoise(count: number): (level: number, random: RandomSource) => number {
  const samplers: (PoissonSampler | undefined)[] = [];
  return (level, random) => {
    const value = level / 255;
    let sampler = samplers[level];
    if (sampler === undefined) {
      sampler = poissonSampler(count * value);
      samplers[level] = sampler;
    }
    return sampler(random) / count - value;
  };
}

/** How many different levels there are, rounded up to a power of two. */
function countOf(levels: Uint8Array): number {
  const seen = new Uint8Array(256);
  for (const level of levels) seen[level] = 1;
  const different = seen.reduce((sum, mark) => sum + mark, 0);
  let count = 1;
  while (count < different) count *= 2;
  return count;
}

/** Luma of ITU-R BT.601, in levels. */
function grayLevels(rgb: Float32Array): Uint8Array {
  const levels = new Uint8Array(rgb.length / 3);
  for (let i = 0; i < levels.length; i++) {
    const [red = 0, green = 0, blue = 0] = [rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]];
    levels[i] = toLevel(255 * (0.2989 * red + 0.587 * green + 0.114 * blue));
  }
  return levels;
}
