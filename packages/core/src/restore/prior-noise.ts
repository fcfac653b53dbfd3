import { createRandomSource } from '../random/random-source';
import { standardNormal } from '../random/standard-normal';

/** z_T of one image: `size` samples of N(0,1), the same for the same seed on every platform. */
export function priorNoise(seed: number, size: number): Float32Array {
  return standardNormal(createRandomSource(seed), size);
}
