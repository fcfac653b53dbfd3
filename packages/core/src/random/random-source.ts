import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of uniform numbers in [0,1). */
export type RandomSource = () => number;

/**
 * A repeatable stream of uniform numbers (xoroshiro128+): the same seed gives the same numbers on
 * every platform. Seeds are 32-bit integers.
 */
export function createRandomSource(seed: number): RandomSource {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}
