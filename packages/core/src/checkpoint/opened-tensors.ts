import type { StateDict } from './state-dict';

/** What the reader of one file format finds, before wrappers are taken off the names. */
export interface OpenedTensors {
  /** Names of the dicts that lead to the tensors, outermost first. */
  readonly path: readonly string[];
  /** Tensors by the names they have in the file. */
  readonly tensors: StateDict;
  /** Names of other groups of tensors in the file. */
  readonly siblings: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}
