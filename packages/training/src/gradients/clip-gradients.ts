import type { NamedValues } from './compute-gradients';

/** The Euclidean norm of all gradients together, summed in double precision. */
export function gradientNorm(gradients: NamedValues): number {
  let sum = 0;
  for (const { values } of gradients.values()) {
    for (const value of values) sum += value * value;
  }
  return Math.sqrt(sum);
}

/** Keeps a norm that is nothing from being divided by, as torch.nn.utils.clip_grad_norm_ does. */
const EPSILON = 1e-6;

/**
 * Scales all gradients together so that their norm is at most `maxNorm`; those below it stay as they are,
 * bit by bit.
 */
export function clipGradients(gradients: NamedValues, maxNorm: number): NamedValues {
  const factor = maxNorm / (gradientNorm(gradients) + EPSILON);
  if (factor >= 1) return gradients;
  const clipped = [...gradients].map(([name, { shape, values }]) => {
    return [name, { shape, values: values.map((value) => value * factor) }] as const;
  });
  return new Map(clipped);
}
