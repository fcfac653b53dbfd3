/** Where the middle and the spread of some measurements lie. */
export interface Summary {
  readonly count: number;
  readonly min: number;
  readonly quartile1: number;
  readonly median: number;
  readonly quartile3: number;
  readonly max: number;
}

/** Summarises measurements; all NaN where there are none. Quartiles between two values are interpolated. */
export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    count: sorted.length,
    min: quantile(sorted, 0),
    quartile1: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    quartile3: quantile(sorted, 0.75),
    max: quantile(sorted, 1),
  };
}

/**
 * The median of how many times longer one contestant took than another in the same round: what else the
 * machine did in a round slowed both.
 */
export function medianRatio(values: readonly number[], reference: readonly number[]): number {
  const pairs = Math.min(values.length, reference.length);
  const ratios = values.slice(0, pairs).map((value, round) => value / (reference[round] ?? Number.NaN));
  return summarize(ratios).median;
}

function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1);
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position - Math.floor(position));
}
