import { CheckpointError } from '../../errors/checkpoint-error';
import type { ByteSource } from '../byte-source';
import { damaged, quoted } from '../checkpoint-problem';
import type { PickleValue } from '../pickle/pickle-value';
import { readPickleAt } from '../pickle/read-pickle-at';
import { readRange } from '../read-range';
import type { TensorStorage } from '../stored-tensor';
import { bytesPerValue } from '../values/stored-types';
import type { TorchContents } from './torch-contents';
import { createTorchHost } from './torch-host';
import type { TorchStorage } from './torch-objects';

const magicNumber = 0x1950a86a20f9469cfc6cn;
const protocolVersion = 1001;
/** Before its values, each storage has their number as a 64-bit integer. */
const countLength = 8;

/**
 * Reads what `torch.save` wrote before torch 1.6: five pickles (a magic number, the format's version, facts
 * about the machine, the object, the keys of its storages) and then the storages in the order of the keys.
 * @throws {CheckpointError}
 */
export async function readTorchLegacy(source: ByteSource): Promise<TorchContents> {
  const createHost = (length: number) => createTorchHost(source.name, length);
  const magic = await readPickleAt(source, 0, createHost);
  if (magic.value !== magicNumber) throw notFromTorch(source.name);
  let offset = magic.length;
  const version = await readPickleAt(source, offset, createHost);
  if (version.value !== protocolVersion) throw unknownVersion(source.name);
  offset += version.length;
  const machine = await readPickleAt(source, offset, createHost);
  checkByteOrder(source.name, machine.value);
  offset += machine.length;
  const object = await readPickleAt(source, offset, createHost);
  offset += object.length;
  const keys = await readPickleAt(source, offset, createHost);
  offset += keys.length;
  const storages = locateStorages(source, { keys: keys.value, offset, known: object.host.storages });

  return {
    root: object.value,
    findStorage({ key }) {
      const storage = storages.get(key);
      if (storage === undefined) throw damaged(source.name, `the storage ${quoted(key)} is missing`);
      return storage;
    },
  };
}

interface StorageList {
  readonly keys: PickleValue;
  /** Where the first storage begins. */
  readonly offset: number;
  /** The storages that the object refers to: only they tell how long a value is. */
  readonly known: ReadonlyMap<string, TorchStorage>;
}

function locateStorages(
  source: ByteSource,
  { keys, offset, known }: StorageList,
): Map<string, TensorStorage> {
  if (!Array.isArray(keys)) throw damaged(source.name, 'has no list of storages');
  const storages = new Map<string, TensorStorage>();
  let next = offset;
  for (const key of keys) {
    const storage = typeof key === 'string' ? known.get(key) : undefined;
    if (storage === undefined || storages.has(storage.key)) {
      throw damaged(source.name, 'its list of storages does not match its tensors');
    }
    const byteLength = storage.rootLength * valueSize(source.name, storage);
    if (byteLength > source.size - next - countLength) {
      throw damaged(source.name, `ends before its storage ${quoted(storage.key)} does`);
    }
    storages.set(storage.key, countedStorage(source, { storage, offset: next, byteLength }));
    next += countLength + byteLength;
  }
  return storages;
}

function valueSize(subject: string, { type }: TorchStorage): number {
  if (type.dtype === undefined) {
    throw new CheckpointError({
      subject,
      problem: `has values of the type ${quoted(type.name)}, which is not supported`,
      remedy: 'convert them to float32 and save it again with a current torch',
    });
  }
  return type.dtype === 'untyped' ? 1 : bytesPerValue[type.dtype];
}

interface CountedStorage {
  readonly storage: TorchStorage;
  readonly offset: number;
  readonly byteLength: number;
}

/** Compares the number of values with what the tensors say once, when something is first read. */
function countedStorage(source: ByteSource, { storage, offset, byteLength }: CountedStorage): TensorStorage {
  let checked: Promise<void> | undefined;

  async function checkCount(): Promise<void> {
    const bytes = await readRange(source, offset, countLength);
    const count = new DataView(bytes.buffer, bytes.byteOffset, countLength).getBigInt64(0, true);
    if (count !== BigInt(storage.rootLength)) {
      const found = `${count} values where ${storage.rootLength} are expected`;
      throw damaged(source.name, `the storage ${quoted(storage.key)} has ${found}`);
    }
  }

  return {
    byteLength,
    async read(start, length) {
      checked ??= checkCount();
      await checked;
      return readRange(source, offset + countLength + start, length);
    },
  };
}

function checkByteOrder(subject: string, machine: PickleValue): void {
  if (machine instanceof Map && machine.get('little_endian') === true) return;
  throw new CheckpointError({
    subject,
    problem: 'not written in little-endian byte order',
    remedy: 'save it again on a little-endian machine',
  });
}

function notFromTorch(subject: string): CheckpointError {
  return new CheckpointError({
    subject,
    problem: 'a Python pickle, but not one that torch.save wrote',
    remedy: 'save the state dict with torch.save(model.state_dict(), path)',
  });
}

function unknownVersion(subject: string): CheckpointError {
  return new CheckpointError({
    subject,
    problem: 'an unknown version of the torch format',
    remedy: 'load and save it again with a current torch',
  });
}
