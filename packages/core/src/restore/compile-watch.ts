import type { CompiledComputation, Computation, PlainTensor } from '../backend/compiled-computation';

/** Hears how many seconds compiling took. */
export type CompileListener = (seconds: number) => void;

/** A listener that is told nothing once the signal has aborted. */
export function untilAborted(
  listener: CompileListener | undefined,
  signal: AbortSignal | undefined,
): CompileListener {
  return (seconds) => {
    if (!signal?.aborted) listener?.(seconds);
  };
}

/** A computation that says when it had to be compiled first. */
export interface WatchedComputation extends Pick<CompiledComputation, 'dispose'> {
  /**
   * See `CompiledComputation.run`.
   * @param onCompiled hears that it was compiled and is now being computed, and how many seconds that took
   */
  run(inputs: { readonly [name: string]: PlainTensor }, onCompiled?: CompileListener): Promise<Float32Array>;
}

interface CompileWatchOptions {
  /** A backend's `compile`; undefined, as its result, where that computes op by op. */
  readonly compile: (computation: Computation) => CompiledComputation | undefined;
  /** Milliseconds from any beginning. */
  readonly clock?: () => number;
}

/**
 * Compiles a computation and measures how long that takes for inputs of new shapes: it begins when the
 * backend calls the computation, and is over when the backend asks for the inputs' values, which a
 * computation must not depend on. Runs that overlap may be told of each other's.
 * @returns undefined on backends that compute op by op
 */
export function watchCompiling(
  computation: Computation,
  { compile, clock = () => performance.now() }: CompileWatchOptions,
): WatchedComputation | undefined {
  let since: number | undefined;
  const compiled = compile((inputs) => {
    since ??= clock();
    return computation(inputs);
  });
  return (
    compiled && {
      async run(inputs, onCompiled) {
        const heard = (): void => {
          if (since !== undefined) onCompiled?.((clock() - since) / 1000);
          since = undefined;
        };
        try {
          return await compiled.run(noticeReading(inputs, heard));
        } finally {
          since = undefined;
        }
      },
      dispose: () => compiled.dispose(),
    }
  );
}

/** The same inputs, whose values tell that they are read. */
function noticeReading(
  inputs: { readonly [name: string]: PlainTensor },
  onRead: () => void,
): { readonly [name: string]: PlainTensor } {
  const noticed = ([name, { values, shape }]: [string, PlainTensor]) => {
    const tensor: PlainTensor = {
      shape,
      get values() {
        onRead();
        return values;
      },
    };
    return [name, tensor] as const;
  };
  return Object.fromEntries(Object.entries(inputs).map(noticed));
}
