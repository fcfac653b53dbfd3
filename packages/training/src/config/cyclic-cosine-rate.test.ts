import { describe, expect, it } from 'vitest';
import { cyclicCosineRate } from './cyclic-cosine-rate';

describe('cyclic cosine', () => {
  // The published deblurring recipe; halfway through a half cosine the rate is the mean of its ends.
  const rate = cyclicCosineRate({
    rate: 3e-4,
    periods: [92_000, 208_000],
    weights: [1, 1],
    minima: [2.85e-4, 1e-6],
  });

  it.each([
    [0, 3e-4],
    [46_000, (3e-4 + 2.85e-4) / 2],
    [92_000, 3e-4],
    [92_000 + 104_000, (3e-4 + 1e-6) / 2],
    [300_000, 1e-6],
    [400_000, 1e-6],
  ])('at %i: %f', (iteration, expected) => {
    expect(rate(iteration)).toBeCloseTo(expected, 12);
  });
});
