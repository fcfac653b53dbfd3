import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type ByteSource, ImageError } from '@diffir/core';
import { describeFileError } from '../io/file-errors';

/** SHA-256 as hexadecimal digits. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** SHA-256 of an image file. @throws ImageError when it cannot be read */
export async function hashFile(path: string, name: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new ImageError({ subject: name, problem: describeFileError(cause), cause });
  });
  return sha256(bytes);
}

const PIECE_BYTES = 2 ** 24;

/** SHA-256 of all bytes of a source. @throws CheckpointError when it cannot be read */
export async function hashSource(source: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  for (let start = 0; start < source.size; start += PIECE_BYTES) {
    hash.update(await source.read(start, Math.min(PIECE_BYTES, source.size - start)));
  }
  return hash.digest('hex');
}
