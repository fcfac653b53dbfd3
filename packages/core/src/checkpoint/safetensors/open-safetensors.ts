import type { ByteSource } from '../byte-source';
import { damaged } from '../checkpoint-problem';
import type { OpenedTensors } from '../opened-tensors';
import { readRange } from '../read-range';
import type { StoredTensor } from '../state-dict';
import { createStoredTensor } from '../stored-tensor';
import { contiguousStrides } from '../tensor-geometry';
import { parseSafetensorsHeader, type SafetensorsEntry } from './safetensors-header';

/** The limit that the format's own library sets. */
const maxHeaderLength = 100_000_000;
/** The header's length, in front of it. */
export const lengthBytes = 8;

/**
 * Opens a safetensors file by reading its header.
 * @throws {CheckpointError} if it is damaged or has values of an unsupported type
 */
export async function openSafetensors(source: ByteSource): Promise<OpenedTensors> {
  const prefix = await readRange(source, 0, lengthBytes);
  const headerLength = Number(new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true));
  if (headerLength > maxHeaderLength) throw damaged(source.name, 'its header is larger than 100 MB');
  const json = await readRange(source, lengthBytes, headerLength);
  const dataStart = lengthBytes + headerLength;
  const { entries, metadata } = parseSafetensorsHeader(source.name, json, source.size - dataStart);
  if (entries.length === 0) throw damaged(source.name, 'holds no tensors');
  return {
    path: [],
    ...withSharedNames(
      new Map(entries.map((entry) => [entry.name, entryTensor(source, dataStart, entry)])),
      metadata,
    ),
    siblings: [],
  };
}

/** Takes further names of tensors, `name: first name`, out of the metadata; see `writeSafetensors`. */
function withSharedNames(tensors: Map<string, StoredTensor>, metadata: Readonly<Record<string, string>>) {
  const rest: [string, string][] = [];
  for (const [name, value] of Object.entries(metadata)) {
    const shared = tensors.has(name) ? undefined : tensors.get(value);
    if (shared === undefined) rest.push([name, value]);
    else tensors.set(name, shared);
  }
  return { tensors, metadata: Object.fromEntries(rest) };
}

function entryTensor(
  source: ByteSource,
  dataStart: number,
  { name, dtype, shape, start, end }: SafetensorsEntry,
): StoredTensor {
  return createStoredTensor({
    subject: source.name,
    name,
    dtype,
    geometry: { shape, strides: contiguousStrides(shape), offset: 0 },
    storage: {
      byteLength: end - start,
      read: (offset, length) => readRange(source, dataStart + start + offset, length),
    },
    maxElements: end - start,
  });
}
