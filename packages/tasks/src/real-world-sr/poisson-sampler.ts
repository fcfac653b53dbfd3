import type { RandomSource } from '@diffir/core';

/** Draws from one Poisson distribution, a uniform number for each draw. */
export type PoissonSampler = (random: RandomSource) => number;

// What is left out on either side is below the resolution of a uniform double.
const NEGLIGIBLE = 1e-18;
const BUCKETS = 64;

/**
 * A sampler of the Poisson distribution by inversion of its distribution function, in nothing but
 * exactly rounded operations: every engine draws the same numbers. Memory grows with √mean.
 *
 * @param mean at least 0
 */
export function poissonSampler(mean: number): PoissonSampler {
  const { first, cumulative } = distribution(mean);
  const last = cumulative.length - 1;
  // Where to start looking: the first outcome that a draw in each bucket may have.
  const starts = Uint16Array.from({ length: BUCKETS }, (_, bucket) =>
    Math.max(
      0,
      cumulative.findIndex((share) => share > bucket / BUCKETS),
    ),
  );
  return (random) => {
    const draw = random();
    let outcome = starts[Math.floor(draw * BUCKETS)] ?? 0;
    while (outcome < last && draw >= (cumulative[outcome] ?? 1)) outcome++;
    return first + outcome;
  };
}

/** The shares of `first`, `first` + 1, … summed up; from the recurrence p(k + 1) = p(k)·mean/(k + 1). */
function distribution(mean: number) {
  const mode = Math.floor(mean);
  const below: number[] = [];
  for (let k = mode, share = 1; k > 0; k--) {
    share *= k / mean;
    if (share < NEGLIGIBLE) break;
    below.push(share);
  }
  const above: number[] = [];
  for (let k = mode + 1, share = 1; ; k++) {
    share *= mean / k;
    if (share < NEGLIGIBLE) break;
    above.push(share);
  }
  const shares = [...below.reverse(), 1, ...above];
  const total = shares.reduce((sum, share) => sum + share, 0);
  let sum = 0;
  const cumulative = shares.map((share) => {
    sum += share;
    return sum / total;
  });
  return { first: mode - below.length, cumulative };
}
