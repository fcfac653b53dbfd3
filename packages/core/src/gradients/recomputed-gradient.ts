import { engine, grads, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import type { OpGradient } from './with-gradient';

/**
 * The gradient of a computation by running it once more, with everything recorded, when the gradient is asked
 * for. Of the first run only the inputs are kept: less memory for a second forward pass (gradient
 * checkpointing, arXiv 1604.06174).
 * @param compute must use every input
 */
export function recomputedGradient<Inputs extends NamedTensorMap, T extends Tensor>(
  compute: (inputs: Inputs) => T,
): OpGradient<Inputs, T> {
  return (dy, inputs) => {
    const names = Object.keys(inputs);
    const tensors = names.flatMap((name) => inputs[name] ?? []);
    const run = (...values: Tensor[]) =>
      compute(Object.fromEntries(names.map((name, index) => [name, values[index]])) as Inputs);
    const gradients = onOwnTape(() => grads(run)(tensors, dy));
    return Object.fromEntries(names.map((name, index) => [name, gradients[index]])) as {
      readonly [Name in keyof Inputs]: Tensor;
    };
  };
}

/** TensorFlow.js keeps one tape, and throws it away after every gradient: the one in use is put aside. */
function onOwnTape<T>(compute: () => T): T {
  const { state } = engine();
  const { activeTape } = state;
  try {
    return compute();
  } finally {
    state.activeTape = activeTape;
  }
}
