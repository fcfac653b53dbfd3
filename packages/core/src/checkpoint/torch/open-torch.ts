import type { ByteSource } from '../byte-source';
import type { OpenedTensors } from '../opened-tensors';
import type { PickleValue } from '../pickle/pickle-value';
import type { StoredTensor } from '../state-dict';
import { selectTensors } from './select-tensors';
import type { TorchContents } from './torch-contents';
import type { TorchTensor } from './torch-objects';
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
    tensors: storedTensors(source, tensors, contents),
    metadata: scalars(contents.root),
  };
}

/** Equal views of one storage become one object: stage 2 of DiffIR stores half its networks twice that way. */
function storedTensors(
  source: ByteSource,
  tensors: ReadonlyMap<string, TorchTensor>,
  contents: TorchContents,
): Map<string, StoredTensor> {
  const views = new Map<string, StoredTensor>();
  const stored = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensors) {
    const view = JSON.stringify([
      tensor.storage.key,
      tensor.storage.offset,
      tensor.type.name,
      tensor.geometry,
    ]);
    const found = views.get(view) ?? torchStoredTensor(source, name, tensor, contents);
    views.set(view, found);
    stored.set(name, found);
  }
  return stored;
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
