import { type FileHandle, link, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DiffIRError, OutputError } from '@diffir/core';
import { describeFileError, fileErrorCode } from './file-errors';
import { makeFolder } from './make-folder';
import { temporaryPath } from './temporary-files';

export interface AtomicWriteOptions {
  /** Replace what is there. Default: refuse, also when it appears while this writes. */
  readonly overwrite?: boolean;
  /** Aborting rejects with the signal's reason and leaves nothing behind. */
  readonly signal?: AbortSignal;
  /** What errors call the file. Default: its path. */
  readonly name?: string;
}

/** Content in one piece or in pieces that are made as they are written. */
export type FileContent = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Writes a file so that it is there whole or not at all: into a temporary file beside it, which is then
 * renamed. Folders on the way are made.
 * @throws OutputError when it cannot be written, or exists already and `overwrite` is not set
 */
export async function writeAtomically(
  path: string,
  content: FileContent,
  { overwrite = false, signal, name = path }: AtomicWriteOptions = {},
): Promise<void> {
  try {
    signal?.throwIfAborted();
    const target = await finalPath(path);
    await makeFolder(dirname(target));
    const temporary = temporaryPath(target);
    try {
      await fill(temporary, content, signal);
      await (overwrite ? replace(temporary, target) : publishNew(temporary, target, name));
    } finally {
      await rm(temporary, { force: true });
    }
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw asOutputError(error, name);
  }
}

/** The error for an output that is there already. */
export function outputExists(
  name: string,
  remedy = 'allow overwriting, or choose another output',
): OutputError {
  return new OutputError({ subject: name, problem: 'it exists already', remedy });
}

/** Whether anything lies at a path, be it a dangling link. */
export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Where a symbolic link leads: its target is replaced, not the link. */
async function finalPath(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

async function fill(temporary: string, content: FileContent, signal: AbortSignal | undefined): Promise<void> {
  const file = await open(temporary, 'wx');
  try {
    for await (const piece of pieces(content)) {
      signal?.throwIfAborted();
      await file.writeFile(piece);
    }
    await sync(file);
  } finally {
    await file.close();
  }
}

const PIECE_BYTES = 8 * 2 ** 20;

/** Small enough that an abort does not wait for a slow disk to take it all. */
async function* pieces(content: FileContent): AsyncGenerator<Uint8Array> {
  if (!(content instanceof Uint8Array)) {
    yield* content;
    return;
  }
  for (let start = 0; start < content.length; start += PIECE_BYTES) {
    yield content.subarray(start, start + PIECE_BYTES);
  }
}

/** Some network and virtual file systems have no fsync; the rename is atomic there all the same. */
async function sync(file: FileHandle): Promise<void> {
  await file.sync().catch((error: unknown) => {
    if (!isUnsupported(error)) throw error;
  });
}

async function replace(temporary: string, target: string): Promise<void> {
  const previous = await stat(target).catch(() => undefined);
  if (previous !== undefined) await keepMode(temporary, previous.mode);
  await rename(temporary, target);
}

async function keepMode(temporary: string, mode: number): Promise<void> {
  const file = await open(temporary, 'r');
  try {
    await file.chmod(mode & 0o777);
  } finally {
    await file.close();
  }
}

/** A link fails where a rename would silently replace a file that appeared in the meantime. */
async function publishNew(temporary: string, target: string, name: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') throw outputExists(name);
    if (!isUnsupported(error)) throw error;
    if (await exists(target)) throw outputExists(name);
    await rename(temporary, target);
  }
}

/** FAT, and some network file systems, have no hard links; they say so in different ways. */
function isUnsupported(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK', 'EXDEV', 'EACCES'].includes(
    fileErrorCode(error) ?? '',
  );
}

/** What a failure to write a file is called. What is no failure of the file system stays what it is. */
function asOutputError(error: unknown, name: string): Error {
  if (DiffIRError.isInstance(error)) return error;
  if (fileErrorCode(error) === undefined && error instanceof Error) return error;
  return new OutputError({
    subject: name,
    problem: `cannot be written: ${explain(error)}`,
    remedy: 'choose another output',
    cause: error,
  });
}

/** A folder cannot be made where a file is. */
function explain(error: unknown): string {
  return fileErrorCode(error) === 'EEXIST'
    ? 'a part of its path is a file, not a folder'
    : describeFileError(error);
}
