/** What a backend can do on this machine, in numbers the pipeline plans with. */
export interface BackendLimits {
  /** Largest tensor in bytes that one buffer can hold. */
  readonly maxTensorBytes: number;
  /** Most values a tensor's dimension product may reach in one dispatch, where that is bounded. */
  readonly maxMemoryBytes: number;
}

/** The answer to "can this backend run here?". */
export type BackendProbe =
  | {
      readonly available: true;
      /** What would do the work, e.g. "NVIDIA H100" or "WebAssembly SIMD, 1 thread". */
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
  readonly limits: BackendLimits;
  /** The name under which TensorFlow.js knows it (no underscore). */
  readonly tensorflowName: string;
}

/** A place where tensors live and ops run; what a backend plugin provides. */
export interface BackendDefinition {
  readonly id: string;
  readonly description: string;
  /** `auto` tries available backends from the highest rank down. */
  readonly rank: number;
  /** Looks without side effects that outlast it; never throws for "cannot run here". */
  probe(): Promise<BackendProbe>;
  /**
   * Registers the backend with TensorFlow.js and makes it ready. Idempotent.
   * @throws BackendUnavailableError when it cannot run here.
   */
  start(): Promise<RunningBackend>;
}
