import type { NetworkRequest, PlainError } from '@diffir/core';

/** Which plugins a worker installs beside the built-in ones. */
export interface WorkerPlugins {
  /** Paths and package names, as on the command line. */
  readonly names: readonly string[];
  /** Folder that they start from, and whose configuration counts. */
  readonly cwd: string;
}

/** What a worker makes the same network ready from; plain data. */
export interface WorkerSetup {
  /** Absent: only the built-in ones. */
  readonly plugins?: WorkerPlugins;
  /** Folder that relative paths of checkpoints start from. */
  readonly cwd: string;
  readonly task: string;
  readonly model: { readonly name: string; readonly location: string };
  readonly backend: string;
  /** Whether the thread may be ended while it computes: native code brings the process down instead. */
  readonly interruptible: boolean;
}

/** What a worker is sent. */
export type WorkerMessage = NetworkRequest | typeof CLOSE;

/** Asks a worker to end once it has nothing under way. */
export const CLOSE = 'close';

/** What a worker says of a `NetworkRequest`: perhaps that it has compiled, then the answer. */
export type WorkerReport =
  | { /** How long it has compiled for the request that it answers next. */ readonly compileSeconds: number }
  | WorkerAnswer;

/** What a worker answers to a `NetworkRequest`, in turn. */
export type WorkerAnswer =
  | { readonly values: Float32Array<ArrayBuffer> }
  | {
      readonly error: PlainError;
      /** The worker could not be made ready, and ends. */
      readonly fatal: boolean;
    };
