import { type NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';

/**
 * Puts other tensors in the places of an op's inputs, wherever they stand in its arguments: those that a
 * gradient is computed for, say.
 */
export function substitute(inputs: NamedTensorMap, others: NamedTensorMap): <T>(value: T) => T {
  const replacements = new Map(
    Object.entries(inputs).map(([name, tensor]) => [tensor.id, others[name] ?? tensor]),
  );
  const put = <T>(value: T): T => {
    if (value instanceof Tensor) return (replacements.get(value.id) ?? value) as T & Tensor;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, put(inner)])) as T;
  };
  return put;
}
