import { OptionError } from '@diffir/core';

/** Values in a few numbers. */
export interface Summary {
  readonly count: number;
  readonly mean: number;
  /** Of the sample (divided by count − 1); 0 for a single value. */
  readonly standardDeviation: number;
  readonly minimum: number;
  readonly median: number;
  readonly maximum: number;
}

/**
 * Summary statistics in double precision.
 * @throws OptionError when there is no value
 */
export function summarize(values: readonly number[]): Summary {
  assertSome(values);
  const sorted = [...values].sort((a, b) => a - b);
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    count: values.length,
    mean,
    standardDeviation: values.length === 1 ? 0 : Math.sqrt(squares / (values.length - 1)),
    minimum: quantile(sorted, 0),
    median: quantile(sorted, 0.5),
    maximum: quantile(sorted, 1),
  };
}

/** The mean of values. */
function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * A quantile of sorted values, interpolated linearly between neighbours (type 7 of Hyndman and Fan 1996,
 * NumPy's default).
 */
export function quantile(sorted: ArrayLike<number>, fraction: number): number {
  const position = fraction * (sorted.length - 1);
  const low = Math.floor(position);
  const [a, b] = [sorted[low] ?? Number.NaN, sorted[Math.ceil(position)] ?? Number.NaN];
  // Not a + (b − a)·t alone: Infinity − Infinity is no number.
  return a === b ? a : a + (b - a) * (position - low);
}

/** @throws OptionError when there is no value */
export function assertSome(values: readonly number[]): void {
  if (values.length === 0) {
    throw new OptionError({ subject: 'values', problem: 'there are none', remedy: 'give at least one' });
  }
}
