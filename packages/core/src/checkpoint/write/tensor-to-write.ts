import { CheckpointError } from '../../errors/checkpoint-error';
import { quoted } from '../checkpoint-problem';
import type { StoredType } from '../state-dict';
import { bytesPerValue, elementCount } from '../values/stored-types';

/** One tensor for a checkpoint writer: the header is known, the bytes are asked for once, when it is its turn. */
export interface TensorToWrite {
  readonly name: string;
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /** The values row-major without gaps, little-endian. */
  bytes(): Promise<Uint8Array>;
  /** Name of an earlier tensor that this one is another name for; its bytes are then not asked for. */
  readonly sameAs?: string;
}

export interface WriteOptions {
  /** Strings to keep with the tensors. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Number of bytes that a tensor takes. */
export function byteLength({ dtype, shape }: Pick<TensorToWrite, 'dtype' | 'shape'>): number {
  return elementCount(shape) * bytesPerValue[dtype];
}

/**
 * The tensor's bytes.
 * @throws {CheckpointError} if their number is not what its shape says
 */
export async function bytesToWrite(tensor: TensorToWrite): Promise<Uint8Array> {
  const bytes = await tensor.bytes();
  if (bytes.length === byteLength(tensor)) return bytes;
  throw new CheckpointError({
    subject: tensor.name,
    problem: `has ${bytes.length} bytes where its shape [${tensor.shape.join(', ')}] takes ${byteLength(tensor)}`,
  });
}

/** @throws {CheckpointError} if two tensors have the same name */
export function checkNames(tensors: readonly TensorToWrite[]): void {
  const names = new Set<string>();
  for (const { name } of tensors) {
    if (names.has(name)) {
      throw new CheckpointError({
        subject: quoted(name),
        problem: 'two tensors of this name cannot be written',
      });
    }
    names.add(name);
  }
}
