import { type ByteReader, readerOf } from './byte-reader';

/** Bytes of one value of each TIFF field type, by its number. */
const valueBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
/** What is swapped as a unit: rationals are pairs of 32-bit numbers. */
const unitBytes = [0, 1, 1, 2, 4, 4, 1, 1, 2, 4, 4, 4, 8];
const LONG = 4;
/** Exif, GPS and interoperability directories hang on these tags. */
const subdirectoryTags: readonly number[] = [0x8769, 0x8825, 0xa005];
const DEEPEST = 3;

export const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;

/** A field of a directory, its value in the byte order it was read in. */
export interface TiffField {
  readonly tag: number;
  readonly type: number;
  readonly value: Uint8Array;
}

/** A field whose value is another directory. */
interface TiffSubdirectory {
  readonly tag: number;
  readonly fields: TiffDirectory;
}

export type TiffDirectory = readonly (TiffField | TiffSubdirectory)[];

/** A TIFF structure's byte order and where its first directory lies; undefined when it is none. */
export interface TiffHeader {
  readonly littleEndian: boolean;
  readonly directory: number;
}

export function readTiffHeader(bytes: Uint8Array | ByteReader): TiffHeader | undefined {
  const header = readerOf(bytes).read(0, HEADER_BYTES);
  if (header.length < HEADER_BYTES) return undefined;
  const view = viewOf(header);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const littleEndian = order === 0x4949;
  if (view.getUint16(2, littleEndian) !== 42) return undefined;
  return { littleEndian, directory: view.getUint32(4, littleEndian) };
}

/** The entries of the directory at `start`, twelve bytes each. What is cut off is left out. */
export function readTiffEntries(
  file: ByteReader,
  start: number,
  littleEndian: boolean,
): readonly Uint8Array[] {
  const head = file.read(start, 2);
  if (head.length < 2) return [];
  const entries = file.read(start + 2, viewOf(head).getUint16(0, littleEndian) * ENTRY_BYTES);
  return Array.from({ length: Math.floor(entries.length / ENTRY_BYTES) }, (_, index) =>
    entries.subarray(index * ENTRY_BYTES, (index + 1) * ENTRY_BYTES),
  );
}

/**
 * The first directory of a TIFF structure with those that hang on it. What is damaged is left out.
 * The values are together no longer than the structure, however often it names the same bytes.
 */
export function readTiffDirectory(bytes: Uint8Array | ByteReader): TiffDirectory {
  const file = readerOf(bytes);
  const header = readTiffHeader(file);
  if (header === undefined) return [];
  const { littleEndian } = header;
  let left = file.length;

  function read(start: number, depth: number): TiffDirectory {
    if (depth > DEEPEST) return [];
    return readTiffEntries(file, start, littleEndian)
      .map((entry) => readField(viewOf(entry), depth))
      .filter((field) => field !== undefined);
  }

  function readField(entry: DataView, depth: number): TiffField | TiffSubdirectory | undefined {
    const tag = entry.getUint16(0, littleEndian);
    const type = entry.getUint16(2, littleEndian);
    const length = (valueBytes[type] ?? 0) * entry.getUint32(4, littleEndian);
    const offset = entry.getUint32(8, littleEndian);
    if (subdirectoryTags.includes(tag)) {
      const fields = read(offset, depth + 1);
      return fields.length > 0 ? { tag, fields } : undefined;
    }
    if (length === 0 || length > left || (length > 4 && offset + length > file.length)) return undefined;
    left -= length;
    const inEntry = new Uint8Array(entry.buffer, entry.byteOffset + 8, 4);
    return { tag, type, value: length <= 4 ? inEntry.subarray(0, length) : file.read(offset, length) };
  }

  return read(header.directory, 1);
}

/** Where a directory is written, and in which byte order its values are and shall be. */
export interface TiffPlacement {
  /** Even offset in the structure of the bytes that are returned. */
  readonly offset: number;
  readonly from: 'little' | 'big';
  readonly to: 'little' | 'big';
  /** Entries of twelve bytes that are taken over as they are; they win over fields with their tag. */
  readonly entries?: readonly Uint8Array[];
}

/** A directory as bytes, sorted by tag, followed by its values and subdirectories; no next directory. */
export function writeTiffDirectory(fields: TiffDirectory, placement: TiffPlacement): Uint8Array {
  const { offset, from, to, entries: taken = [] } = placement;
  const littleEndian = to === 'little';
  const entries = taken.map((entry) => ({ tag: viewOf(entry).getUint16(0, littleEndian), entry }));
  const added = fields.filter(({ tag }) => entries.every((entry) => entry.tag !== tag));
  const size = 2 + (entries.length + added.length) * ENTRY_BYTES + 4;
  const values: Uint8Array[] = [];
  let end = offset + size;
  const append = (value: Uint8Array): number => {
    const start = end;
    values.push(value, new Uint8Array(value.length % 2));
    end += value.length + (value.length % 2);
    return start;
  };
  for (const field of added) {
    const entry = new Uint8Array(ENTRY_BYTES);
    const view = viewOf(entry);
    view.setUint16(0, field.tag, littleEndian);
    if ('fields' in field) {
      view.setUint16(2, LONG, littleEndian);
      view.setUint32(4, 1, littleEndian);
      const sub = writeTiffDirectory(field.fields, { offset: end, from, to });
      view.setUint32(8, append(sub), littleEndian);
    } else {
      const value = from === to ? field.value : swapped(field);
      view.setUint16(2, field.type, littleEndian);
      view.setUint32(4, value.length / (valueBytes[field.type] ?? 1), littleEndian);
      if (value.length <= 4) entry.set(value, 8);
      else view.setUint32(8, append(value), littleEndian);
    }
    entries.push({ tag: field.tag, entry });
  }
  const count = new Uint8Array(2);
  viewOf(count).setUint16(0, entries.length, littleEndian);
  const sorted = entries.sort((a, b) => a.tag - b.tag).map(({ entry }) => entry);
  return Buffer.concat([count, ...sorted, new Uint8Array(4), ...values]);
}

function swapped({ type, value }: TiffField): Uint8Array {
  const unit = unitBytes[type] ?? 1;
  const result = new Uint8Array(value);
  for (let start = 0; start < result.length; start += unit) result.subarray(start, start + unit).reverse();
  return result;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
