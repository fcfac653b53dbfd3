import type { PickleValue } from '../pickle/pickle-value';
import { TorchTensor } from './torch-objects';

/** Deep enough for the states of optimisers, which are nested deepest. */
const maxDepth = 8;
/** Values looked at over all searches: a pickle can name the same things again and again. */
const maxVisits = 1_000_000;

/** Tells whether a value is or contains a tensor. */
export type TensorSearch = (root: PickleValue) => boolean;

/**
 * A search that is safe on any value: it sees every container once, so that cycles do no harm, goes only so
 * deep, and gives up (finds nothing) when it has looked at very many values.
 */
export function createTensorSearch(): TensorSearch {
  let visitsLeft = maxVisits;

  return function containsTensor(root) {
    const seen = new Set<PickleValue>();
    let level: PickleValue[] = [root];
    for (let depth = 0; depth <= maxDepth && level.length > 0; depth++) {
      const next: PickleValue[] = [];
      for (const value of level) {
        if (value instanceof TorchTensor) return true;
        if (seen.has(value)) continue;
        seen.add(value);
        for (const child of childrenOf(value)) {
          if (--visitsLeft < 0) return false;
          next.push(child);
        }
      }
      level = next;
    }
    return false;
  };
}

function childrenOf(value: PickleValue): Iterable<PickleValue> {
  if (value instanceof Map) return value.values();
  return Array.isArray(value) ? value : [];
}

/** The tensors of a dict by their names; what is no tensor or has no name is passed over. */
export function namedTensors(dict: ReadonlyMap<PickleValue, PickleValue>): Map<string, TorchTensor> {
  const tensors = new Map<string, TorchTensor>();
  for (const [name, value] of dict) {
    if (typeof name === 'string' && value instanceof TorchTensor) tensors.set(name, value);
  }
  return tensors;
}
