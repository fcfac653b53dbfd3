import { type FileHandle, open } from 'node:fs/promises';
import { type ByteSource, CheckpointError } from '@diffir/core';
import { describeFileError } from './file-errors';

/**
 * Opens a checkpoint file for reading; only the ranges asked for are read. Close it, or the checkpoint that
 * was opened over it, when done.
 * @throws {CheckpointError} if there is no such file, it may not be read, or it is a folder or empty
 */
export async function openFileSource(path: string): Promise<ByteSource> {
  const handle = await openHandle(path);
  try {
    const size = await sizeOf(path, handle);
    return {
      name: path,
      size,
      read: (offset, length) => readExactly({ path, handle, size }, offset, length),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openHandle(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function sizeOf(path: string, handle: FileHandle): Promise<number> {
  const stats = await handle.stat();
  if (!stats.isFile()) {
    const kind = stats.isDirectory() ? 'a folder' : 'a device or pipe';
    throw unusable(path, `${kind}, not a checkpoint file`);
  }
  if (stats.size === 0) throw unusable(path, 'an empty file');
  return stats.size;
}

function unusable(subject: string, problem: string): CheckpointError {
  return new CheckpointError({ subject, problem, remedy: 'give a .pth, .ckpt or .safetensors file' });
}

interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly size: number;
}

/** Node reads less than 2 GiB at a time. */
const maxPiece = 2 ** 30;

/** The operating system may hand out a range in several pieces. */
async function readExactly({ path, handle, size }: OpenFile, offset: number, length: number) {
  if (!(offset >= 0 && length >= 0 && offset + length <= size)) {
    throw new CheckpointError({
      subject: path,
      problem: `has no ${length} bytes at ${offset}, only ${size} in all`,
    });
  }
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const bytesRead = await readPiece(path, handle, bytes, { filled, position: offset + filled });
    if (bytesRead === 0) {
      throw new CheckpointError({
        subject: path,
        problem: 'became shorter while it was read',
        remedy: 'check that nothing is writing to it, and try again',
      });
    }
    filled += bytesRead;
  }
  return bytes;
}

interface Piece {
  readonly filled: number;
  readonly position: number;
}

async function readPiece(
  path: string,
  handle: FileHandle,
  bytes: Uint8Array,
  { filled, position }: Piece,
): Promise<number> {
  try {
    const length = Math.min(bytes.length - filled, maxPiece);
    const { bytesRead } = await handle.read(bytes, filled, length, position);
    return bytesRead;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): CheckpointError {
  return new CheckpointError({
    subject: path,
    problem: `cannot be read: ${describeFileError(cause)}`,
    remedy: 'check the path and its permissions',
    cause,
  });
}
