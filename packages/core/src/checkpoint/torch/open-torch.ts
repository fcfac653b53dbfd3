import type { ByteSource } from '../byte-source';
import type { OpenedTensors } from '../opened-tensors';
import type { PickleValue } from '../pickle/pickle-value';
import { selectTensors } from './select-tensors';
import type { TorchContents } from './torch-contents';
import { torchStoredTensor } from './torch-stored-tensor';

/**
 * Picks the state dict out of a torch file that has been read.
 * @throws {CheckpointError} if it has none, or its tensors reach beyond their storages
 */
export function openTorch(source: ByteSource, contents: TorchContents): OpenedTensors {
  const { path, tensors, siblings } = selectTensors(source.name, contents.root);
  return {
    path,
    siblings,
    tensors: new Map(
      [...tensors].map(([name, tensor]) => [name, torchStoredTensor(source, name, tensor, contents)]),
    ),
    metadata: scalars(contents.root),
  };
}

/** Numbers, strings and truth values at the top of the file, such as `epoch`. */
function scalars(root: PickleValue): Record<string, string> {
  const entries = root instanceof Map ? [...root] : [];
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      typeof name === 'string' && isScalar(value) ? [[name, String(value)]] : [],
    ),
  );
}

function isScalar(value: PickleValue): value is string | number | bigint | boolean {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}
