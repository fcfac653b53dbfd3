import { tidy } from '@tensorflow/tfjs';
import type { RunningBackend } from '../backend/backend';
import { readTensor, withBackend } from '../backend/with-backend';
import { computeRequest, type NetworkRequest, type RequestSetup } from './network-request';

/** Whoever does the long computations of restorations: this thread, or others. */
export interface NetworkRunner {
  /** How many requests it works on at once. */
  readonly concurrency: number;
  /** Bytes that the requests under way may take together; absent where that is no matter. */
  readonly memoryBytes?: number;
  /**
   * Answers a request; the same request has the same answer, to the bit, wherever and whenever it is
   * computed. The request's arrays belong to the runner from then on, except for the IPR.
   * @param signal when it aborts, the promise rejects with its reason
   * @throws OutOfMemoryError when memory does not suffice
   */
  run(request: NetworkRequest, signal?: AbortSignal): Promise<Float32Array>;
}

/** Computes on this thread, which is deaf while a request is computed; looks at the signal before each. */
export function createLocalRunner(setup: RequestSetup & { readonly backend: RunningBackend }): NetworkRunner {
  const { backend } = setup;
  return {
    concurrency: 1,
    async run(request, signal) {
      await letOthersRun();
      signal?.throwIfAborted();
      const result = withBackend(backend, () => tidy(() => computeRequest(setup, request)));
      try {
        return await readTensor(backend, result);
      } finally {
        withBackend(backend, () => result.dispose());
      }
    },
  };
}

/** Lets timers, input and interruptions in. */
function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
