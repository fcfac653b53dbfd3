import type { ByteEdit } from './byte-edits';
import type { ByteReader } from './byte-reader';
import {
  HEADER_BYTES,
  readTiffDirectory,
  readTiffEntries,
  readTiffHeader,
  type TiffDirectory,
  type TiffField,
  writeTiffDirectory,
} from './tiff-directory';

/**
 * Fields of a first directory that say something about the picture rather than how it is stored:
 * description, camera, software, time, artist, copyright, rating, titles, and the Exif and GPS directories.
 */
const descriptiveTags = new Set([
  0x010d, 0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x013c, 0x4746, 0x4749, 0x8298, 0x8769, 0x8825,
  0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f,
]);
/** Width and height in the Exif directory, which a TIFF file says better itself. */
const sizeTags = [0xa002, 0xa003];
const IPTC_TAG = 0x83bb;
const UNDEFINED = 7;

/** What a TIFF file says in EXIF's terms, as a TIFF structure of its own; undefined when it says nothing. */
export function exifOfTiff(tiff: Uint8Array | ByteReader): Uint8Array | undefined {
  const header = readTiffHeader(tiff);
  const fields = descriptive(readTiffDirectory(tiff));
  if (header === undefined || fields.length === 0) return undefined;
  const order = header.littleEndian ? 'little' : 'big';
  const start = header.littleEndian
    ? [0x49, 0x49, 42, 0, HEADER_BYTES, 0, 0, 0]
    : [0x4d, 0x4d, 0, 42, 0, 0, 0, HEADER_BYTES];
  const directory = writeTiffDirectory(fields, { offset: HEADER_BYTES, from: order, to: order });
  return Buffer.concat([Uint8Array.from(start), directory]);
}

/** Writes EXIF and IPTC into a TIFF file's first directory, which moves to its end. Sharp writes neither. */
export function tiffMetadata(
  tiff: ByteReader,
  { exif, iptc }: { readonly exif?: Uint8Array; readonly iptc?: Uint8Array },
): readonly ByteEdit[] {
  const header = readTiffHeader(tiff);
  // Files of more than 4 GB have another structure.
  if (header === undefined) return [];
  const source = exif && readTiffHeader(exif);
  const fields = exif ? descriptive(readTiffDirectory(exif)) : [];
  const iptcField: readonly TiffField[] = iptc ? [{ tag: IPTC_TAG, type: UNDEFINED, value: iptc }] : [];
  if (fields.length + iptcField.length === 0) return [];
  const { littleEndian, directory } = header;
  const entries = readTiffEntries(tiff, directory, littleEndian);
  const padding = new Uint8Array(tiff.length % 2);
  const offset = tiff.length + padding.length;
  const orderOf = (little: boolean) => (little ? 'little' : 'big');
  const to = orderOf(littleEndian);
  const from = source ? orderOf(source.littleEndian) : to;
  const appended = writeTiffDirectory([...fields, ...iptcField], { offset, from, to, entries });
  const pointer = Buffer.alloc(4);
  if (littleEndian) pointer.writeUInt32LE(offset);
  else pointer.writeUInt32BE(offset);
  return [
    { at: 4, replaced: 4, bytes: pointer },
    { at: tiff.length, replaced: 0, bytes: Buffer.concat([padding, appended]) },
  ];
}

function descriptive(directory: TiffDirectory): TiffDirectory {
  return directory
    .filter(({ tag }) => descriptiveTags.has(tag))
    .map((field) =>
      'fields' in field
        ? { ...field, fields: field.fields.filter(({ tag }) => !sizeTags.includes(tag)) }
        : field,
    );
}
