import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of uniform numbers in [0,1). */
export type RandomSource = () => number;

/** Draws thrown away at first: neighbouring seeds start with nearly the same state. */
const WARM_UP = 16;

/**
 * A repeatable stream of uniform numbers (xoroshiro128+): the same seed gives the same numbers on
 * every platform. Seeds are 32-bit integers; streams of neighbouring seeds are unrelated.
 */
export function createRandomSource(seed: number): RandomSource {
  const generator = xoroshiro128plus(mix(seed));
  for (let draw = 0; draw < WARM_UP; draw++) uniformFloat64(generator);
  return () => uniformFloat64(generator);
}

/** Spreads a seed's few bits over all 32 (the finaliser of MurmurHash3). */
function mix(seed: number): number {
  let bits = seed | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
