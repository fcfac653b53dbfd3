import { customGrad, engine, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';

/** The gradient of an op: from that of its output to those of its inputs, by the inputs' names. */
export type OpGradient<Inputs extends NamedTensorMap, T extends Tensor = Tensor> = (
  dy: T,
  inputs: Inputs,
) => { readonly [Name in keyof Inputs]: Tensor };

/** Whether what is computed now will be differentiated. */
export function isRecording(): boolean {
  const { gradientDepth, kernelDepth } = engine().state;
  return gradientDepth > 0 && kernelDepth === 0;
}

/**
 * Runs an op whose gradient is given as a whole: of the forward pass only the inputs are kept, whatever
 * `forward` is composed of, and what else the gradient needs is computed again.
 */
export function withGradient<Inputs extends NamedTensorMap, T extends Tensor>(
  inputs: Inputs,
  forward: () => T,
  gradient: OpGradient<Inputs, T>,
): T {
  const names = Object.keys(inputs);
  const tensors = names.flatMap((name) => inputs[name] ?? []);
  const op = customGrad<T>((...saving) => {
    const save = saving[saving.length - 1];
    if (typeof save === 'function') save(tensors);
    return {
      value: forward(),
      gradFunc: (dy, saved) => {
        const named = Object.fromEntries(names.map((name, index) => [name, saved[index]]));
        const gradients = gradient(dy, named as Inputs);
        return names.flatMap((name) => gradients[name] ?? []);
      },
    };
  });
  return op(...tensors);
}
