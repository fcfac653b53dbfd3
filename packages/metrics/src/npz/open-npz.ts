import {
  type ByteSource,
  CheckpointError,
  DiffIRError,
  type NamedStateDict,
  type StoredTensor,
} from '@diffir/core';
import { type Entry, type FileEntry, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { readNpy } from './npy';

/** FID statistics, the largest that is read, take 32 MiB; parameters of NIQE 12 KiB. */
const MAX_BYTES = 256 * 2 ** 20;

/**
 * Reads a NumPy archive (`.npz`, compressed or not) as a state dict, its arrays under their names. Nothing
 * in it is ever run: arrays of Python objects are refused.
 * @param source is closed in the end
 * @throws CheckpointError when it is damaged, too large or holds something other than float arrays
 */
export async function openNpz(source: ByteSource): Promise<NamedStateDict> {
  const { name } = source;
  try {
    if (source.size > MAX_BYTES) throw tooLarge(name);
    const reader = new ZipReader(new Uint8ArrayReader(await source.read(0, source.size)), {
      useWebWorkers: false,
    });
    const stateDict = new Map<string, StoredTensor>();
    let left = MAX_BYTES;
    for (const entry of await reader.getEntries()) {
      if (!isArray(entry)) continue;
      const bytes = await extract(name, entry, left);
      left -= bytes.length;
      const key = entry.filename.slice(0, -'.npy'.length);
      stateDict.set(key, readNpy(`${name}, ${key}`, bytes));
    }
    if (stateDict.size === 0) {
      throw new CheckpointError({
        subject: name,
        problem: 'no NumPy arrays in it',
        remedy: 'give an .npz file',
      });
    }
    return { name, stateDict };
  } catch (cause) {
    if (DiffIRError.isInstance(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message.toLowerCase() : String(cause);
    throw new CheckpointError({
      subject: name,
      problem: `cannot be read as a zip archive (${reason})`,
      remedy: 'get the file again',
      cause,
    });
  } finally {
    await source.close?.();
  }
}

function isArray(entry: Entry): entry is FileEntry {
  return !entry.directory && entry.filename.endsWith('.npy');
}

/** Unpacks an entry, but never more than `limit` bytes, whatever its header says. */
async function extract(name: string, entry: FileEntry, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  await entry.getData(
    new WritableStream<Uint8Array>({
      write(chunk) {
        length += chunk.length;
        if (length > limit) throw tooLarge(name);
        chunks.push(chunk);
      },
    }),
    { checkSignature: true },
  );
  const bytes = new Uint8Array(length);
  let start = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, start);
    start += chunk.length;
  }
  return bytes;
}

function tooLarge(subject: string): CheckpointError {
  return new CheckpointError({
    subject,
    problem: `it is larger than ${MAX_BYTES / 2 ** 20} MiB`,
    remedy: 'give the parameters of NIQE or the statistics of FID',
  });
}
