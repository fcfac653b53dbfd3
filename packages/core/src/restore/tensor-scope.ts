import { dispose, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { RunningBackend } from '../backend/backend';
import { withBackend } from '../backend/with-backend';

/** Tensors that outlive one synchronous piece of work, freed together. */
export interface TensorScope {
  /** Runs a piece of tensor code on the backend and keeps its result; everything else it makes is freed. */
  run<T extends Tensor>(compute: () => T): T;
  /** Frees what is still kept. */
  dispose(): void;
}

/** A scope on a backend. */
export function createTensorScope(backend: RunningBackend): TensorScope {
  const kept: Tensor[] = [];
  return {
    run(compute) {
      const result = withBackend(backend, () => tidy(compute));
      kept.push(result);
      return result;
    },
    dispose: () => withBackend(backend, () => dispose(kept)),
  };
}
