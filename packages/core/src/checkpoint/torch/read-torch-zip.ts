import { CheckpointError } from '../../errors/checkpoint-error';
import type { ByteSource } from '../byte-source';
import { damaged, quoted } from '../checkpoint-problem';
import { readPickle } from '../pickle/read-pickle';
import { checkLength } from '../pickle/read-pickle-at';
import { readRange } from '../read-range';
import type { TensorStorage } from '../stored-tensor';
import type { TorchContents } from './torch-contents';
import { createTorchHost } from './torch-host';
import { locateZipEntry, readZipDirectory, type ZipEntry } from './zip-archive';

/**
 * Reads what `torch.save` of torch 1.6 and later writes: a zip archive of one folder with `data.pkl`, which
 * describes everything, and one entry per storage under `data/`. Checksums are not verified: that would
 * mean reading whole storages for every part of them.
 * @throws {CheckpointError}
 */
export async function readTorchZip(source: ByteSource): Promise<TorchContents> {
  const entries = await readZipDirectory(source);
  const folder = findFolder(source.name, entries);
  await checkByteOrder(source, entries.get(`${folder}byteorder`));
  const pickle = await readPickleEntry(source, entries.get(`${folder}data.pkl`));
  const host = createTorchHost(source.name, pickle.length);
  const { value: root } = readPickle(pickle, { subject: source.name, host });
  const storages = new Map<string, TensorStorage>();

  return {
    root,
    findStorage({ key }) {
      const known = storages.get(key);
      if (known !== undefined) return known;
      const entry = entries.get(`${folder}data/${key}`);
      if (entry === undefined) throw damaged(source.name, `the storage ${quoted(key)} is missing`);
      const storage = entryStorage(source, entry);
      storages.set(key, storage);
      return storage;
    },
  };
}

/** The one folder of the archive, with its slash. */
function findFolder(subject: string, entries: ReadonlyMap<string, ZipEntry>): string {
  const name = [...entries.keys()].find((path) => /^([^/]*\/)?data\.pkl$/.test(path));
  if (name === undefined) {
    throw new CheckpointError({
      subject,
      problem: 'a zip archive, but not one that torch.save wrote: it has no data.pkl',
      remedy: 'unpack it and give the .pth, .ckpt or .safetensors file inside',
    });
  }
  const folder = name.slice(0, -'data.pkl'.length);
  if (entries.has(`${folder}constants.pkl`)) {
    throw new CheckpointError({
      subject,
      problem: 'a TorchScript program, not a checkpoint',
      remedy: 'save its parameters: torch.save(torch.jit.load(path).state_dict(), new_path)',
    });
  }
  return folder;
}

async function checkByteOrder(source: ByteSource, entry: ZipEntry | undefined): Promise<void> {
  if (entry === undefined) return;
  const bytes = await readEntry(source, entry, Math.min(entry.size, 16));
  if (new TextDecoder().decode(bytes).trim() !== 'little') {
    throw new CheckpointError({
      subject: source.name,
      problem: 'not written in little-endian byte order',
      remedy: 'save it again on a little-endian machine',
    });
  }
}

async function readPickleEntry(source: ByteSource, entry: ZipEntry | undefined): Promise<Uint8Array> {
  if (entry === undefined) throw damaged(source.name, 'its zip archive has no data.pkl');
  checkLength(source.name, entry.size);
  return readEntry(source, entry, entry.size);
}

async function readEntry(source: ByteSource, entry: ZipEntry, length: number): Promise<Uint8Array> {
  return readRange(source, await locateZipEntry(source, entry), length);
}

/** Looks the entry's place up once, when something is first read from it. */
function entryStorage(source: ByteSource, entry: ZipEntry): TensorStorage {
  let start: Promise<number> | undefined;
  return {
    byteLength: entry.size,
    async read(offset, length) {
      start ??= locateZipEntry(source, entry);
      return readRange(source, (await start) + offset, length);
    },
  };
}
