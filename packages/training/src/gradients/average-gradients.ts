import { OptionError } from '@diffir/core';
import type { GradientResult, NamedValues } from './compute-gradients';

/** A part of a batch: its gradients and how much it counts, say its number of images. */
export interface WeightedGradients extends GradientResult {
  readonly weight: number;
}

/**
 * Losses and gradients of a batch from those of its parts: of several workers, or of several smaller batches
 * that are accumulated. Sums in the order given, so the same parts give the same bits.
 * @throws OptionError when there are none, or when they disagree about what is trained
 */
export function averageGradients(parts: readonly WeightedGradients[]): GradientResult {
  const [first] = parts;
  if (first === undefined) throw new OptionError({ subject: 'batch', problem: 'it has no parts' });
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const shares = parts.map((part) => ({ ...part, share: part.weight / total }));
  const losses = Object.keys(first.losses).map((name) => {
    return [name, shares.reduce((sum, part) => sum + part.share * (part.losses[name] ?? Number.NaN), 0)];
  });
  const mean = (of: (part: GradientResult) => NamedValues | undefined) =>
    meanOf(shares.map((part) => ({ share: part.share, values: of(part) ?? new Map() })));
  return {
    losses: Object.fromEntries(losses),
    gradients: mean(({ gradients }) => gradients),
    ...(first.discriminator && {
      discriminator: {
        gradients: mean(({ discriminator }) => discriminator?.gradients),
        // The same whichever part computed it.
        advanced: first.discriminator.advanced,
      },
    }),
  };
}

interface Share {
  readonly share: number;
  readonly values: NamedValues;
}

function meanOf(shares: readonly Share[]): NamedValues {
  const [first] = shares;
  const means = [...(first?.values ?? [])].map(([name, { shape, values }]) => {
    const mean = new Float32Array(values.length);
    for (const { share, values: part } of shares) addScaled(mean, valuesOf(part, name), share);
    return [name, { shape, values: mean }] as const;
  });
  return new Map(means);
}

function valuesOf(gradients: NamedValues, name: string): Float32Array {
  const gradient = gradients.get(name);
  if (gradient !== undefined) return gradient.values;
  throw new OptionError({ subject: name, problem: 'a part of the batch has no gradient of this parameter' });
}

function addScaled(sum: Float32Array, values: Float32Array, factor: number): void {
  for (let index = 0; index < sum.length; index++) {
    sum[index] = (sum[index] ?? 0) + factor * (values[index] ?? 0);
  }
}
