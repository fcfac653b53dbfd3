import { CheckpointError } from '../../errors/checkpoint-error';
import type { ByteSource } from '../byte-source';
import { damaged, quoted } from '../checkpoint-problem';
import type { StoredTensor } from '../state-dict';
import { createStoredTensor } from '../stored-tensor';
import { bytesPerValue } from '../values/stored-types';
import type { TorchContents } from './torch-contents';
import type { TorchStorage, TorchTensor } from './torch-objects';

/** A scalar or two in a tiny file is no reason to worry. */
const spareElements = 1024;

/**
 * A tensor of a torch file, checked against its storage.
 * @throws {CheckpointError} if its type is not supported or its storage does not hold it
 */
export function torchStoredTensor(
  { name: subject, size }: Pick<ByteSource, 'name' | 'size'>,
  name: string,
  { storage, type, geometry }: TorchTensor,
  contents: TorchContents,
): StoredTensor {
  if (type.dtype === undefined || type.dtype === 'untyped') {
    throw new CheckpointError({
      subject,
      problem: `tensor ${quoted(name)} has values of the type ${quoted(type.name)}, which is not supported`,
      remedy: 'convert it to float32 and save the file again',
    });
  }
  const found = contents.findStorage(storage);
  if (claimedBytes(storage) > found.byteLength) {
    throw damaged(subject, `the storage ${quoted(storage.key)} is shorter than tensor ${quoted(name)} says`);
  }
  return createStoredTensor({
    subject,
    name,
    dtype: type.dtype,
    geometry: { ...geometry, offset: geometry.offset + storage.offset },
    storage: found,
    maxElements: size + spareElements,
  });
}

function claimedBytes({ type, rootLength }: TorchStorage): number {
  if (type.dtype === undefined || type.dtype === 'untyped') return rootLength;
  return rootLength * bytesPerValue[type.dtype];
}
