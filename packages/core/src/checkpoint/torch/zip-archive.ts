import { type Entry, Reader, ZipReader } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { CheckpointError } from '../../errors/checkpoint-error';
import { DiffIRError } from '../../errors/diffir-error';
import type { ByteSource } from '../byte-source';
import { damaged, quoted } from '../checkpoint-problem';
import { readRange } from '../read-range';

/** A file in a zip archive that is stored as it is, neither compressed nor encrypted. */
export interface ZipEntry {
  readonly name: string;
  /** Offset of its local header. */
  readonly headerOffset: number;
  /** Length in bytes. */
  readonly size: number;
}

/** Far more than any checkpoint has. */
const maxEntries = 200_000;
const maxDirectoryRead = 64 * 2 ** 20;

const localHeaderLength = 30;
const localHeaderSignature = 0x04034b50;

/**
 * The directory of a zip archive, zip64 included. Nothing but the directory is read.
 * @throws {CheckpointError} if it is damaged, or an entry is compressed or encrypted
 */
export async function readZipDirectory(source: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>();
  for await (const entry of listEntries(source)) {
    if (entry.directory) continue;
    checkStored(source.name, entry);
    const { filename: name, offset: headerOffset, uncompressedSize: size } = entry;
    if (entries.has(name)) throw damaged(source.name, `has the entry ${quoted(name)} twice`);
    entries.set(name, { name, headerOffset, size });
    if (entries.size > maxEntries) throw damaged(source.name, 'has an endless zip directory');
  }
  return entries;
}

/**
 * Offset of an entry's first byte in the file, which only its local header tells.
 * @throws {CheckpointError} if there is no such header, or the entry leaves the file
 */
export async function locateZipEntry(source: ByteSource, { name, headerOffset, size }: ZipEntry) {
  const header = await readRange(source, headerOffset, localHeaderLength);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint32(0, true) !== localHeaderSignature) {
    throw damaged(source.name, `no zip entry where ${quoted(name)} should be`);
  }
  const start = headerOffset + localHeaderLength + view.getUint16(26, true) + view.getUint16(28, true);
  if (size > source.size - start) throw damaged(source.name, `the zip entry ${quoted(name)} leaves the file`);
  return start;
}

/** zip.js reads the directory; whatever goes wrong in it comes out as one kind of error. */
async function* listEntries(source: ByteSource): AsyncGenerator<Entry> {
  const reader = new ZipReader(new DirectoryReader(source), { filenameValidation: 'tolerant' });
  try {
    yield* reader.getEntriesGenerator();
  } catch (cause) {
    if (cause instanceof DiffIRError) throw cause;
    const reason = cause instanceof Error ? cause.message.toLowerCase() : String(cause);
    throw damaged(source.name, `its zip directory cannot be read (${reason})`, cause);
  }
}

function checkStored(subject: string, entry: Entry): void {
  const kind = entry.encrypted ? 'encrypted' : entry.compressionMethod !== 0 ? 'compressed' : undefined;
  if (kind !== undefined) {
    throw new CheckpointError({
      subject,
      problem: `its zip entry ${quoted(entry.filename)} is ${kind}, which torch.save never does`,
      remedy: 'give the file as torch.save wrote it',
    });
  }
  if (entry.compressedSize !== entry.uncompressedSize) {
    throw damaged(subject, `its zip entry ${quoted(entry.filename)} has two different sizes`);
  }
}

/** Hands ranges of the source to zip.js, cut off where the file ends, and none of an absurd size. */
class DirectoryReader extends Reader<ByteSource> {
  constructor(private readonly source: ByteSource) {
    super(source);
    this.size = source.size;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    const { source } = this;
    const available = Math.max(0, Math.min(length, source.size - offset));
    if (available > maxDirectoryRead) throw damaged(source.name, 'has an endless zip directory');
    return await readRange(source, offset, available);
  }
}
