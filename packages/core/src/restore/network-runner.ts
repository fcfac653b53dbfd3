import { type Tensor, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { settleOrAbort } from '../abort/settle-or-abort';
import type { RunningBackend } from '../backend/backend';
import type { CompiledComputation, Computation, NamedTensors } from '../backend/compiled-computation';
import { readTensor, withBackend } from '../backend/with-backend';
import { type CompileListener, untilAborted, type WatchedComputation, watchCompiling } from './compile-watch';
import {
  computeRequest,
  type NetworkRequest,
  type RequestKind,
  type RequestSetup,
  requestTensors,
  requestValues,
} from './network-request';

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
   * @param onCompiled hears, before the request is computed, how many seconds it took to compile for it;
   * nothing where nothing had to be
   * @throws OutOfMemoryError when memory does not suffice
   */
  run(request: NetworkRequest, signal?: AbortSignal, onCompiled?: CompileListener): Promise<Float32Array>;
}

/** A runner on this thread. */
export interface LocalRunner extends NetworkRunner {
  /** Frees what was compiled for it; it can be used again afterwards. */
  dispose(): void;
}

export interface LocalRunnerSetup extends RequestSetup {
  readonly backend: RunningBackend;
}

/**
 * Computes on this thread. A backend that computes on it leaves it deaf meanwhile, so that an abort is heard
 * before the next request; one that computes elsewhere, as a GPU does, is not waited for.
 */
export function createLocalRunner(setup: LocalRunnerSetup): LocalRunner {
  const { backend } = setup;
  const compiled = createCompiledParts(setup);
  return {
    concurrency: 1,
    async run(request, signal, onCompiled) {
      await letOthersRun();
      signal?.throwIfAborted();
      const computation = compiled.find(request);
      if (computation === undefined) return runOpByOp(setup, request, signal);
      const running = computation.run(requestValues(request), untilAborted(onCompiled, signal));
      return settleOrAbort(
        running.finally(() => backend.throwPendingError?.()),
        [signal],
      );
    },
    dispose: compiled.dispose,
  };
}

async function runOpByOp(
  setup: LocalRunnerSetup,
  request: NetworkRequest,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const { backend } = setup;
  const result = withBackend(backend, () =>
    tidy(() => computeRequest(setup, request, requestTensors(request))),
  );
  try {
    return await settleOrAbort(readTensor(backend, result), [signal]);
  } finally {
    withBackend(backend, () => result.dispose());
  }
}

/** Most computations that are kept: one of each kind, and the pieces of a picture that are encoded apart. */
const KEPT_COMPUTATIONS = 12;

/** What a backend that compiles has made of each kind of request, the least recently used one leaving first. */
function createCompiledParts(setup: LocalRunnerSetup) {
  const known = new Map<string, WatchedComputation>();
  const compile = (kind: RequestKind) =>
    watchCompiling(computationOf(setup, kind), {
      compile: (computation) => setup.backend.compile?.(computation),
    });
  return {
    find(request: NetworkRequest): WatchedComputation | undefined {
      const kind = kindOf(request);
      const key = JSON.stringify(kind);
      const computation = known.get(key) ?? compile(kind);
      if (computation === undefined) return undefined;
      known.delete(key);
      known.set(key, computation);
      const [oldest] = known.keys();
      if (known.size > KEPT_COMPUTATIONS && oldest !== undefined) {
        known.get(oldest)?.dispose();
        known.delete(oldest);
      }
      return computation;
    },
    dispose() {
      for (const computation of known.values()) computation.dispose();
      known.clear();
    },
  };
}

function kindOf(request: NetworkRequest): RequestKind {
  return request.part === 'features' ? { part: request.part, cells: request.cells } : { part: request.part };
}

/** A kind of request as one computation; undefined on backends that compute op by op. */
export function compileRequest(setup: LocalRunnerSetup, kind: RequestKind): CompiledComputation | undefined {
  return setup.backend.compile?.(computationOf(setup, kind));
}

function computationOf(setup: RequestSetup, kind: RequestKind): Computation {
  return (inputs) => computeRequest(setup, kind, named(inputs));
}

/** The tensors under the names that `requestValues` gives them. */
function named(inputs: NamedTensors) {
  const { image, mask, ipr } = inputs as { image: Tensor; mask?: Tensor; ipr?: Tensor };
  return {
    image: image as Tensor4D,
    ...(mask && { mask: mask as Tensor4D }),
    ...(ipr && { ipr: ipr as Tensor2D }),
  };
}

/** Lets timers, input and interruptions in. */
function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
