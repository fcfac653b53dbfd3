import { CheckpointError } from '../../errors/checkpoint-error';
import { quoted } from '../checkpoint-problem';
import { bytesPerValue } from '../values/stored-types';
import {
  byteLength,
  bytesToWrite,
  checkNames,
  type TensorToWrite,
  type WriteOptions,
} from '../write/tensor-to-write';
import { lengthBytes } from './open-safetensors';
import { metadataName } from './safetensors-header';
import { safetensorsTypes } from './safetensors-types';

/**
 * Writes a safetensors file piece by piece, with one tensor in memory at a time. The same tensors give the
 * same bytes. Names keep their order; values are laid out widest type first, so that all are aligned. A
 * further name of a tensor becomes an entry of the metadata, `name: first name`, as the format's own library
 * has it: the format itself knows no shared tensors.
 * @throws {CheckpointError} if names repeat or a tensor's bytes do not fit its shape
 */
export async function* writeSafetensors(
  tensors: Iterable<TensorToWrite>,
  { metadata }: WriteOptions = {},
): AsyncGenerator<Uint8Array> {
  const named = [...tensors];
  checkNames(named);
  const owned = named.filter(({ sameAs }) => sameAs === undefined);
  const layout = [...owned].sort((a, b) => bytesPerValue[b.dtype] - bytesPerValue[a.dtype]);
  yield createHeader(owned, layout, allMetadata(named, metadata));
  for (const tensor of layout) yield await bytesToWrite(tensor);
}

function allMetadata(
  named: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> | undefined {
  const shared = named.flatMap(({ name, sameAs }) => (sameAs === undefined ? [] : [[name, sameAs] as const]));
  return shared.length === 0 ? metadata : { ...metadata, ...Object.fromEntries(shared) };
}

function createHeader(
  named: readonly TensorToWrite[],
  layout: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>> | undefined,
): Uint8Array {
  const offsets = offsetsOf(layout);
  const entries = named.map((tensor) => {
    if (tensor.name === metadataName) {
      throw new CheckpointError({
        subject: quoted(tensor.name),
        problem: 'a name that safetensors keeps for itself',
        remedy: 'rename the tensor',
      });
    }
    const { dtype, shape } = tensor;
    const fields = { dtype: safetensorsTypes[dtype], shape, data_offsets: offsets.get(tensor) };
    return [tensor.name, fields] as const;
  });
  const header = Object.fromEntries<unknown>([
    ...(metadata === undefined ? [] : [[metadataName, metadata] as const]),
    ...entries,
  ]);
  return withLength(new TextEncoder().encode(JSON.stringify(header)));
}

function offsetsOf(layout: readonly TensorToWrite[]): Map<TensorToWrite, readonly [number, number]> {
  let next = 0;
  return new Map(
    layout.map((tensor) => {
      const start = next;
      next += byteLength(tensor);
      return [tensor, [start, next]];
    }),
  );
}

/** The header with its length before it and spaces behind it, so that the values begin at a multiple of 8. */
function withLength(json: Uint8Array): Uint8Array {
  const padded = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(lengthBytes + padded).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(json, lengthBytes);
  return bytes;
}
