import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../errors/checkpoint-error';
import { bytesSource } from '../bytes-source';
import { countingSource } from '../testing/counting-source';
import { latin1, makeZip } from '../testing/make-zip';
import { locateZipEntry, readZipDirectory } from './zip-archive';

const files = { 'a/data.pkl': latin1('pickle'), 'a/data/0': latin1('values'), 'a/version': latin1('3\n') };

/** The content of an entry, as the reader finds it. */
async function content(zip: Uint8Array, name: string): Promise<string> {
  const source = bytesSource('a.pth', zip);
  const entry = (await readZipDirectory(source)).get(name);
  if (entry === undefined) return 'missing';
  const bytes = await source.read(await locateZipEntry(source, entry), entry.size);
  return new TextDecoder().decode(bytes);
}

/** The bytes with one text in place of another of the same length, wherever it occurs. */
function replaced(bytes: Uint8Array, find: string, replacement: string): Uint8Array {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return latin1(text.replaceAll(find, replacement));
}

describe('readZipDirectory', () => {
  it.each([
    ['plain', {}],
    ['with zip64 fields', { zip64: true }],
    ['with sizes in front of the data', { dataDescriptor: false }],
    ['with an extra field', { extraField: new Map([[0x4246, new Uint8Array(40)]]) }],
  ])('finds entries where they are: %s', async (_, options) => {
    const zip = await makeZip(files, options);
    expect(await content(zip, 'a/data.pkl')).toBe('pickle');
    expect(await content(zip, 'a/data/0')).toBe('values');
    expect(await content(zip, 'a/data/1')).toBe('missing');
  });

  it('reads an archive with more entries than 16 bits count', async () => {
    // A directory of 65 600 entries, all for the same bytes: only zip64 fields can give their number.
    const zip = await makeZip({ 'a/0': latin1('values') });
    const many = withRepeatedEntries(zip, 65_600);
    const entries = await readZipDirectory(bytesSource('a.pth', many));
    expect(entries.size).toBe(65_600);
    expect(await content(many, 'a/65599')).toBe('values');
  });

  it('reads only the directory', async () => {
    const zip = await makeZip({ ...files, 'a/data/1': new Uint8Array(2_000_000) });
    const source = countingSource(bytesSource('a.pth', zip));
    await readZipDirectory(source);
    expect(source.asked.total).toBeLessThan(300_000);
  });

  it('refuses compressed entries', async () => {
    const zip = await makeZip({ 'a/data.pkl': new Uint8Array(1000) }, { level: 6 });
    const reading = readZipDirectory(bytesSource('a.pth', zip));
    await expect(reading).rejects.toThrow(CheckpointError);
    await expect(reading).rejects.toThrow('a.pth: its zip entry "a/data.pkl" is compressed');
  });

  it('refuses encrypted entries', async () => {
    const zip = await makeZip(files, { password: 'secret', zipCrypto: true });
    const reading = readZipDirectory(bytesSource('a.pth', zip));
    await expect(reading).rejects.toThrow('a.pth: its zip entry "a/data.pkl" is encrypted');
  });

  it('refuses an entry that is there twice', async () => {
    const zip = await makeZip({ 'a/1': latin1('x'), 'a/2': latin1('y') });
    const twice = replaced(zip, 'a/2', 'a/1');
    await expect(readZipDirectory(bytesSource('a.pth', twice))).rejects.toThrow('has the entry "a/1" twice');
  });

  it('refuses a file that is cut off', async () => {
    const zip = await makeZip(files);
    const reading = readZipDirectory(bytesSource('a.pth', zip.subarray(0, zip.length - 30)));
    await expect(reading).rejects.toThrow(CheckpointError);
    await expect(reading).rejects.toThrow('a.pth: damaged: its zip directory cannot be read');
  });

  it('passes on what the source says went wrong', async () => {
    const unplugged = new CheckpointError({ subject: 'a.pth', problem: 'cannot be read any more' });
    const source = { name: 'a.pth', size: 1000, read: () => Promise.reject(unplugged) };
    await expect(readZipDirectory(source)).rejects.toBe(unplugged);
  });

  it('believes no size that the file cannot have', async () => {
    const zip = await makeZip(files);
    const source = countingSource(bytesSource('a.pth', zip));
    // The size of the directory, in the record at the end.
    new DataView(zip.buffer, zip.byteOffset).setUint32(zip.length - 10, 0xfffffff0, true);
    // The directory lies where it should all the same, and is found there.
    expect((await readZipDirectory(source)).size).toBe(3);
    expect(source.asked.largest).toBeLessThanOrEqual(zip.length);
  });
});

describe('locateZipEntry', () => {
  it('refuses an entry without a header of its own', async () => {
    const zip = await makeZip(files);
    const source = bytesSource('a.pth', zip);
    const entry = { name: 'a/data/0', headerOffset: 5, size: 6 };
    await expect(locateZipEntry(source, entry)).rejects.toThrow('no zip entry where "a/data/0" should be');
  });

  it('refuses an entry that leaves the file', async () => {
    const zip = await makeZip(files);
    const entry = { name: 'a/data.pkl', headerOffset: 0, size: zip.length };
    await expect(locateZipEntry(bytesSource('a.pth', zip), entry)).rejects.toThrow(
      'a.pth: damaged: the zip entry "a/data.pkl" leaves the file',
    );
    await expect(locateZipEntry(bytesSource('a.pth', zip), { ...entry, headerOffset: 1e9 })).rejects.toThrow(
      CheckpointError,
    );
  });
});

/** The archive's one entry listed again and again under running numbers, with zip64 records behind. */
function withRepeatedEntries(zip: Uint8Array, count: number): Uint8Array {
  const end = new DataView(zip.buffer, zip.byteOffset + zip.length - 22);
  const directoryStart = end.getUint32(16, true);
  const record = zip.subarray(directoryStart, directoryStart + 46);
  const records = Array.from({ length: count }, (_, index) => {
    const name = latin1(`a/${index}`);
    const entry = new Uint8Array(46 + name.length);
    entry.set(record);
    entry.set(name, 46);
    const view = new DataView(entry.buffer);
    view.setUint16(28, name.length, true);
    view.setUint32(30, 0, true);
    return entry;
  });
  const directoryLength = records.reduce((sum, { length }) => sum + length, 0);
  const tail = new DataView(new ArrayBuffer(56 + 20 + 22));
  tail.setUint32(0, 0x06064b50, true);
  tail.setBigUint64(4, 44n, true);
  tail.setBigUint64(24, BigInt(count), true);
  tail.setBigUint64(32, BigInt(count), true);
  tail.setBigUint64(40, BigInt(directoryLength), true);
  tail.setBigUint64(48, BigInt(directoryStart), true);
  tail.setUint32(56, 0x07064b50, true);
  tail.setBigUint64(64, BigInt(directoryStart + directoryLength), true);
  tail.setUint32(72, 1, true);
  tail.setUint32(76, 0x06054b50, true);
  tail.setUint16(84, 0xffff, true);
  tail.setUint16(86, 0xffff, true);
  tail.setUint32(88, 0xffffffff, true);
  tail.setUint32(92, 0xffffffff, true);
  return Buffer.concat([zip.subarray(0, directoryStart), ...records, new Uint8Array(tail.buffer)]);
}
