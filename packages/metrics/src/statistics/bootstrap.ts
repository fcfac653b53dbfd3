import { createRandomSource, OptionError } from '@diffir/core';
import { assertSome, quantile } from './summary';

export interface BootstrapOptions {
  /** Share of the resampled means that lie inside. Default: 0.95. */
  readonly confidence?: number;
  /** Default: 10000. */
  readonly resamples?: number;
  /** Seed of the resampling, a 32-bit integer. Default: 0. */
  readonly seed?: number;
}

/** A confidence interval with everything needed to get it again. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
  readonly resamples: number;
  readonly seed: number;
}

/**
 * Percentile bootstrap interval of a mean (Efron 1979): means of samples drawn with replacement, cut off at
 * both ends. The same seed gives the same interval on every platform.
 * @throws OptionError when there is no value, or an option makes no sense
 */
export function bootstrapMean(values: readonly number[], options: BootstrapOptions = {}): Interval {
  const { confidence = 0.95, resamples = 10_000, seed = 0 } = options;
  assertSome(values);
  if (!(confidence > 0 && confidence < 1)) {
    throw new OptionError({
      subject: 'confidence',
      problem: `${confidence}`,
      remedy: 'give a share between 0 and 1',
    });
  }
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new OptionError({
      subject: 'resamples',
      problem: `${resamples}`,
      remedy: 'give a whole number from 1 up',
    });
  }
  const random = createRandomSource(seed);
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let draw = 0; draw < values.length; draw++) sum += values[Math.floor(random() * values.length)] ?? 0;
    return sum / values.length;
  }).sort();
  const outside = (1 - confidence) / 2;
  return {
    lower: quantile(means, outside),
    upper: quantile(means, 1 - outside),
    confidence,
    resamples,
    seed,
  };
}
