import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes that are looked at here and there, in memory or in a file. */
export interface ByteReader {
  readonly length: number;
  /** Up to `count` bytes from `start` on: fewer where they end, none beyond. */
  read(start: number, count: number): Buffer;
}

/** Bytes in memory; what is read is a view of them. A reader comes back as it is. */
export function readerOf(bytes: Uint8Array | ByteReader): ByteReader {
  if (!(bytes instanceof Uint8Array)) return bytes;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { length: buffer.length, read: (start, count) => buffer.subarray(start, start + count) };
}

/** Does something with the bytes of a file without reading all of it. */
export async function withFileReader<Result>(
  path: string,
  use: (reader: ByteReader) => Promise<Result>,
): Promise<Result> {
  const file = openSync(path, 'r');
  try {
    return await use({
      length: fstatSync(file).size,
      read(start, count) {
        const buffer = Buffer.alloc(count);
        return buffer.subarray(0, readSync(file, buffer, 0, count, start));
      },
    });
  } finally {
    closeSync(file);
  }
}
