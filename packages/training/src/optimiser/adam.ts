import { OptionError } from '@diffir/core';
import type { NamedValues } from '../gradients/compute-gradients';

export interface AdamOptions {
  /** β1 and β2, decay of the first and second moment. */
  readonly betas?: readonly [number, number];
  /** ε, added to the root of the second moment. */
  readonly epsilon?: number;
}

/** What Adam remembers from step to step: arrays that are changed in place, one for each parameter. */
export interface AdamState {
  /** Steps taken. */
  step: number;
  readonly firstMoments: NamedValues;
  readonly secondMoments: NamedValues;
}

/** A fresh state for parameters of these shapes. */
export function createAdamState(parameters: NamedValues): AdamState {
  return { step: 0, firstMoments: zerosLike(parameters), secondMoments: zerosLike(parameters) };
}

/** The learning rate of a parameter in the step at hand. */
export type RateOf = (name: string) => number;

/**
 * One step of Adam (arXiv 1412.6980, algorithm 1; as torch.optim.Adam without weight decay):
 * m ← β1·m + (1−β1)·g, v ← β2·v + (1−β2)·g², w ← w − rate·m̂/(√v̂ + ε). Changes `parameters` and `state` in
 * place. Parameters without a gradient stay as they are.
 * @throws OptionError when the state or the parameters lack a name that has a gradient
 */
export function adamStep(
  parameters: NamedValues,
  gradients: NamedValues,
  state: AdamState,
  rateOf: RateOf,
  { betas: [beta1, beta2] = [0.9, 0.99], epsilon = 1e-8 }: AdamOptions = {},
): void {
  state.step += 1;
  const correction1 = 1 - beta1 ** state.step;
  const correction2 = Math.sqrt(1 - beta2 ** state.step);
  for (const [name, { values: gradient }] of gradients) {
    const weights = valuesOf(parameters, name);
    const first = valuesOf(state.firstMoments, name);
    const second = valuesOf(state.secondMoments, name);
    const size = rateOf(name) / correction1;
    for (let index = 0; index < gradient.length; index++) {
      const g = gradient[index] ?? 0;
      const m = beta1 * (first[index] ?? 0) + (1 - beta1) * g;
      const v = beta2 * (second[index] ?? 0) + (1 - beta2) * g * g;
      first[index] = m;
      second[index] = v;
      weights[index] = (weights[index] ?? 0) - (size * m) / (Math.sqrt(v) / correction2 + epsilon);
    }
  }
}

function valuesOf(values: NamedValues, name: string): Float32Array {
  const found = values.get(name);
  if (found !== undefined) return found.values;
  throw new OptionError({ subject: name, problem: 'has a gradient, but the optimiser does not know it' });
}

function zerosLike(parameters: NamedValues): NamedValues {
  const zeros = [...parameters].map(([name, { shape, values }]) => {
    return [name, { shape, values: new Float32Array(values.length) }] as const;
  });
  return new Map(zeros);
}
