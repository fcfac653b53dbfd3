import { type FileHandle, open } from 'node:fs/promises';
import { type ByteSource, CheckpointError } from '@diffir/core';
import { describeFileError } from './file-errors';

/**
 * Opens a checkpoint file for reading. Large ranges are read alone; small ones, of which a checkpoint has hundreds,
 * with what lies around them. Close it, or the checkpoint that was opened over it, when done.
 * @throws {CheckpointError} if there is no such file, it may not be read, or it is a folder or empty
 */
export async function openFileSource(path: string): Promise<ByteSource> {
  const handle = await openHandle(path);
  try {
    const size = await sizeOf(path, handle);
    const file = { path, handle, size };
    const blocks = createBlocks(file);
    return {
      name: path,
      size,
      read: async (offset, length) => {
        checkRange(file, offset, length);
        const near = length <= smallRange ? await blocks.read(offset, length) : undefined;
        return near ?? readExactly(file, offset, length);
      },
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

/** Ranges up to this length are cut from blocks. */
const smallRange = 2 ** 16;
const blockLength = 2 ** 18;
/** Blocks that are kept, 8 MiB in all: parameters are not declared in a file's order. */
const keptBlocks = 32;

interface Blocks {
  /** A range in memory of its own, or undefined where it lies in two blocks or its block cannot be read whole. */
  read(offset: number, length: number): Promise<Uint8Array | undefined>;
}

function createBlocks(file: OpenFile): Blocks {
  const blocks = new Map<number, Promise<Uint8Array>>();

  function blockAt(index: number): Promise<Uint8Array> {
    const start = index * blockLength;
    const block = blocks.get(index) ?? readExactly(file, start, Math.min(blockLength, file.size - start));
    // The first of a map is the one whose last use is longest ago.
    blocks.delete(index);
    blocks.set(index, block);
    for (const oldest of [...blocks.keys()].slice(0, Math.max(0, blocks.size - keptBlocks)))
      blocks.delete(oldest);
    return block;
  }

  return {
    async read(offset, length) {
      const index = Math.floor(offset / blockLength);
      const from = offset - index * blockLength;
      if (from + length > blockLength) return undefined;
      try {
        return (await blockAt(index)).slice(from, from + length);
      } catch {
        // The range itself may be there yet; if it is not, reading it says why.
        blocks.delete(index);
        return undefined;
      }
    },
  };
}

function checkRange({ path, size }: OpenFile, offset: number, length: number): void {
  if (offset >= 0 && length >= 0 && offset + length <= size) return;
  throw new CheckpointError({
    subject: path,
    problem: `has no ${length} bytes at ${offset}, only ${size} in all`,
  });
}

/** The operating system may hand out a range in several pieces. */
async function readExactly({ path, handle }: OpenFile, offset: number, length: number) {
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
