import type { NamedValues } from '../gradients/compute-gradients';

/** How much of the average stays at update 0, 1, …: a number in [0,1]. */
export type Decay = (update: number) => number;

/** The same decay throughout. */
export function constantDecay(decay = 0.999): Decay {
  return () => decay;
}

/** A decay that grows from 0.1 as (1+n)/(10+n), so that the average forgets the random start at once. */
export function rampedDecay(decay = 0.999): Decay {
  return (update) => Math.min(decay, (1 + update) / (10 + update));
}

/** Exponential moving average of parameters, in place: average ← decay·average + (1−decay)·parameters. */
export function updateAverage(average: NamedValues, parameters: NamedValues, decay: number): void {
  for (const [name, { values }] of parameters) {
    const mean = average.get(name)?.values;
    if (mean === undefined) continue;
    for (let index = 0; index < mean.length; index++) {
      mean[index] = decay * (mean[index] ?? 0) + (1 - decay) * (values[index] ?? 0);
    }
  }
}

/** A copy of all values. */
export function copyValues(parameters: NamedValues): NamedValues {
  const copies = [...parameters].map(([name, { shape, values }]) => {
    return [name, { shape, values: values.slice() }] as const;
  });
  return new Map(copies);
}
