import { type RandomSource, standardNormal } from '@diffir/core';
import { assertRange } from '../degradation/assert-range';
import { uniform } from '../degradation/draw';
import { type EightBitImage, type FloatImage, toLevel } from '../degradation/float-image';

export interface SensorNoiseOptions {
  /** Weakest noise: its standard deviation in 8-bit levels. Default 0. */
  readonly minNoise?: number;
  /** Strongest noise: its standard deviation in 8-bit levels. Default 2.5. */
  readonly maxNoise?: number;
}

/**
 * Adds Gaussian noise whose σ is uniform in `minNoise`–`maxNoise` levels, and rounds to 8 bits. Taken
 * from `random` in this order: σ, then one number for each sample.
 *
 * @throws {OptionError} on an impossible range.
 */
export function addSensorNoise(
  image: FloatImage,
  random: RandomSource,
  options: SensorNoiseOptions = {},
): EightBitImage {
  const { minNoise, maxNoise } = checkSensorNoise(options);
  const { data, width, height, channels } = image;
  const sigma = uniform(random, [minNoise, maxNoise]);
  const noise = standardNormal(random, data.length);
  const levels = new Uint8Array(data.length);
  for (let i = 0; i < levels.length; i++) levels[i] = toLevel(255 * (data[i] ?? 0) + sigma * (noise[i] ?? 0));
  return { data: levels, width, height, channels };
}

/** @throws {OptionError} on an impossible range. */
export function checkSensorNoise(options: SensorNoiseOptions): Required<SensorNoiseOptions> {
  const { minNoise = 0, maxNoise = 2.5 } = options;
  assertRange('noise', minNoise, maxNoise);
  return { minNoise, maxNoise };
}
