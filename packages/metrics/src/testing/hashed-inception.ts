import type { NamedStateDict } from '@diffir/core';
import { inceptionNetwork } from '../backbones/inception/inception';
import { hashedWeights } from './hashed-weights';

/** Weights for FID's network that any machine makes alike, for tests of packages above this one. */
export function hashedInception(): NamedStateDict {
  return hashedWeights(inceptionNetwork);
}
