import { CheckpointError } from '../errors/checkpoint-error';
import type { ByteSource } from './byte-source';
import { damaged } from './checkpoint-problem';

/** Refuses a range that is not wholly inside the file, before anything is allocated for it. */
export function checkRange(
  { name, size }: Pick<ByteSource, 'name' | 'size'>,
  offset: number,
  length: number,
): void {
  const valid = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!valid || length > size - offset) {
    throw damaged(name, `asks for ${length} bytes at ${offset}, but has ${size}`);
  }
}

/**
 * Reads a range that a file claims to have.
 * @throws {CheckpointError} if the range leaves the file or the source hands out another number of bytes
 */
export async function readRange(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  checkRange(source, offset, length);
  if (length === 0) return new Uint8Array(0);
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) {
    throw new CheckpointError({
      subject: source.name,
      problem: `read ${bytes.length} bytes at ${offset} where ${length} were asked for`,
      remedy: 'check that the file is not being changed',
    });
  }
  return bytes;
}
