import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';

/** The inputs that are there: a kernel is not handed optional parameters that a layer lacks. */
export function presentInputs(inputs: Readonly<Record<string, Tensor | undefined>>): NamedTensorMap {
  const present: NamedTensorMap = {};
  for (const [name, tensor] of Object.entries(inputs)) if (tensor !== undefined) present[name] = tensor;
  return present;
}
