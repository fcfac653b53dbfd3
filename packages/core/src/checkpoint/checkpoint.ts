import type { StateDict } from './state-dict';

/** How a checkpoint is laid out: zip of torch ≥ 1.6 (`.pth`, `.ckpt`), the pickle form before it, or safetensors. */
export type CheckpointFormat = 'zip' | 'legacy' | 'safetensors';

/** An opened checkpoint: names, shapes and types are known, values are read on demand. */
export interface Checkpoint {
  /** The source's name. */
  readonly name: string;
  readonly format: CheckpointFormat;
  /** The parameters, under their published names. */
  readonly stateDict: StateDict;
  /** Strings of a safetensors file; numbers, strings and truth values at the top of a torch file. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Which part of the file `stateDict` is, for people: `params_ema, prefix module. removed`. */
  readonly selection: string;
  /** Other groups of tensors in the file, e.g. `params` or `discriminator`. */
  readonly siblings: readonly string[];
  /** Closes the source; tensors that are not loaded yet cannot be loaded any more. */
  close(): Promise<void>;
}
