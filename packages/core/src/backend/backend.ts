import type { CompiledComputation, Computation } from './compiled-computation';

/** What a backend can do on this machine, in numbers the pipeline plans with. */
export interface BackendLimits {
  /** Most bytes a single tensor may take. */
  readonly maxTensorBytes: number;
  /**
   * Most bytes all live tensors together may take. Absent where the platform does not tell (GPUs):
   * plan with `maxTensorBytes` there and answer an OutOfMemoryError with smaller tiles.
   */
  readonly maxMemoryBytes?: number;
  /**
   * Whether kernels do core's ops as wholes, so that their intermediate values take no memory. Not said of
   * onnxruntime, which fuses but sets memory aside for a whole graph: 1.5 times wasm's (`bench/memory.ts`).
   */
  readonly fusesOps?: boolean;
}

/** The answer to "can this backend run here?". */
export type BackendProbe =
  | {
      readonly available: true;
      /** What would do the work, e.g. "nvidia hopper" or "WebAssembly SIMD, 1 thread". */
      readonly device: string;
      /** A GPU interface emulated on the CPU: correct, far slower than wasm; `auto` never takes it. */
      readonly software: boolean;
      readonly limits: BackendLimits;
    }
  | {
      readonly available: false;
      /** Why not, in one clause. */
      readonly reason: string;
      /** What would make it available, in one clause. */
      readonly remedy?: string;
    };

/** A started backend. */
export interface RunningBackend {
  readonly id: string;
  readonly device: string;
  /** Whether `device` emulates a GPU on the CPU. */
  readonly software: boolean;
  readonly limits: BackendLimits;
  /** The name under which TensorFlow.js knows it (no underscore). */
  readonly tensorflowName: string;
  /** Whether something thrown while computing on this backend means that memory ran out. */
  isOutOfMemory?(error: unknown): boolean;
  /**
   * Reports trouble the device could not report at the call that caused it, as GPUs do: results read
   * since the last call are worthless if it throws. `readTensor` calls it after every readback.
   * @throws OutOfMemoryError when an allocation failed, BackendUnavailableError when the device is gone,
   * DiffIRError for anything else the device objected to.
   */
  throwPendingError?(): void;
  /**
   * Makes a computation ready to run as a whole, on backends that are better at that than at op by op.
   * Its parameters are the tensors of this backend that it uses; they must not change.
   */
  compile?(computation: Computation): CompiledComputation;
  /**
   * Releases device and memory and unregisters the backend; `start` of its definition then starts afresh.
   * Tensors still living on it are lost. A process may also simply end: no backend keeps it alive.
   */
  dispose(): Promise<void>;
}

/** A place where tensors live and ops run; what a backend plugin provides. */
export interface BackendDefinition {
  readonly id: string;
  readonly description: string;
  /** `auto` tries available backends from the highest rank down; see `backendRanks`. */
  readonly rank: number;
  /** Looks without side effects that outlast it; never throws for "cannot run here". */
  probe(): Promise<BackendProbe>;
  /**
   * Registers the backend with TensorFlow.js and makes it ready, without making it the current one
   * (`withBackend` does that). Idempotent, also when called concurrently.
   * @throws BackendUnavailableError when it cannot run here.
   */
  start(): Promise<RunningBackend>;
}
