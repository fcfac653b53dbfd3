import type { PickleValue } from '../pickle/pickle-value';
import type { TensorStorage } from '../stored-tensor';
import type { TorchStorage } from './torch-objects';

/** What a torch file holds, in either form: a tree of plain values, and where its storages lie. */
export interface TorchContents {
  readonly root: PickleValue;
  /**
   * Where the bytes of a storage's root lie.
   * @throws {CheckpointError} if the file does not have them
   */
  findStorage(storage: TorchStorage): TensorStorage;
}
