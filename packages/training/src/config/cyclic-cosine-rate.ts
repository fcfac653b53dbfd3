import type { Schedule } from '../optimiser/learning-rate';

export interface CyclicCosineOptions {
  readonly rate: number;
  /** Iterations of each half cosine, one after the other. */
  readonly periods: readonly number[];
  /** What the rate is multiplied with at the start of each. */
  readonly weights: readonly number[];
  /** The rate at the end of each. */
  readonly minima: readonly number[];
}

/**
 * Half cosines one after the other, each from its own start to its own minimum: what Restormer and DiffIR's
 * deblurring are trained with (CosineAnnealingRestartCyclicLR). After the last one its minimum stays.
 */
export function cyclicCosineRate({ rate, periods, weights, minima }: CyclicCosineOptions): Schedule {
  return (iteration) => {
    let start = 0;
    for (const [index, period] of periods.entries()) {
      const last = index === periods.length - 1;
      if (last || iteration < start + period) {
        const [weight = 1, minimum = 0] = [weights[index], minima[index]];
        const progress = Math.min((iteration - start) / period, 1);
        return minimum + ((rate * weight - minimum) * (1 + Math.cos(Math.PI * progress))) / 2;
      }
      start += period;
    }
    return rate;
  };
}
