import type { CheckpointError } from '../../errors/checkpoint-error';
import type { PickleValue } from '../pickle/pickle-value';
import { TorchStorage, TorchType } from './torch-objects';

/** Longest key worth keeping: keys come from a memo, so their length costs the file nothing. */
const maxKeyLength = 256;

/**
 * The storage that a persistent id stands for: `('storage', type, key, location, numel)`, in files older
 * than torch 1.6 with `view_metadata` behind it: None or `(view_key, offset, numel)`. Undefined for other
 * persistent objects (old files keep the sources of modules so).
 */
export function parseTorchStorage(
  id: PickleValue,
  malformed: (problem: string) => CheckpointError,
): TorchStorage | undefined {
  if (!Array.isArray(id) || id[0] !== 'storage') return undefined;
  const [, type, key, , rootLength, view] = id;
  if (!(type instanceof TorchType)) throw malformed('a storage without a type');
  if (typeof key !== 'string' || key.length > maxKeyLength) throw malformed('a storage without a key');
  if (!isCount(rootLength)) throw malformed('a storage without a length');
  if (view === undefined || view === null) {
    return new TorchStorage({ key, type, rootLength, offset: 0, length: rootLength });
  }
  const [, offset, length] = Array.isArray(view) ? view : [];
  if (!isCount(offset) || !isCount(length) || length > rootLength - offset) {
    throw malformed('a view beyond the end of its storage');
  }
  return new TorchStorage({ key, type, rootLength, offset, length });
}

/** Whether a value is a length or index that arithmetic is exact for. */
export function isCount(value: PickleValue | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
