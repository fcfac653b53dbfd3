import type { RandomSource } from '../random/random-source';

/** How a parameter starts before training. */
export type Initializer =
  | { readonly kind: 'uniform' /** Values in [−bound, bound). */; readonly bound: number }
  | { readonly kind: 'constant'; readonly value: number };

/** PyTorch's default for convolutions and linears, weight and bias: uniform within 1/√fanIn. */
export function fanInUniform(fanIn: number): Initializer {
  return { kind: 'uniform', bound: 1 / Math.sqrt(fanIn) };
}

/** Fresh values of a parameter. */
export function initialValues(initializer: Initializer, count: number, random: RandomSource): Float32Array {
  if (initializer.kind === 'constant') return new Float32Array(count).fill(initializer.value);
  return Float32Array.from({ length: count }, () => (2 * random() - 1) * initializer.bound);
}
