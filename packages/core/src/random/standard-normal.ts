import { naturalLog } from './natural-log';
import type { RandomSource } from './random-source';

/**
 * `count` samples of N(0,1) by Marsaglia's polar method. Uses only exactly rounded arithmetic, so the
 * same source gives the same bits on every platform.
 */
export function standardNormal(random: RandomSource, count: number): Float32Array {
  const samples = new Float32Array(count);
  for (let index = 0; index < count; index += 2) {
    const [first, second] = normalPair(random);
    samples[index] = first;
    if (index + 1 < count) samples[index + 1] = second;
  }
  return samples;
}

function normalPair(random: RandomSource): readonly [number, number] {
  for (;;) {
    const u = 2 * random() - 1;
    const v = 2 * random() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) {
      const factor = Math.sqrt((-2 * naturalLog(s)) / s);
      return [u * factor, v * factor];
    }
  }
}
