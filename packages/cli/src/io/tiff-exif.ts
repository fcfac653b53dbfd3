import {
  HEADER_BYTES,
  readTiffDirectory,
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
export function exifOfTiff(tiff: Uint8Array): Uint8Array | undefined {
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

/** A TIFF file with EXIF and IPTC written into its first directory. Sharp writes neither. */
export function withTiffMetadata(
  tiff: Uint8Array,
  { exif, iptc }: { readonly exif?: Uint8Array; readonly iptc?: Uint8Array },
): Uint8Array {
  const header = readTiffHeader(tiff);
  // Files of more than 4 GB have another structure.
  if (header === undefined) return tiff;
  const source = exif && readTiffHeader(exif);
  const fields = exif ? descriptive(readTiffDirectory(exif)) : [];
  const iptcField: readonly TiffField[] = iptc ? [{ tag: IPTC_TAG, type: UNDEFINED, value: iptc }] : [];
  if (fields.length + iptcField.length === 0) return tiff;
  const { littleEndian, directory } = header;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const count = view.getUint16(directory, littleEndian);
  const entries = Array.from({ length: count }, (_, index) =>
    tiff.subarray(directory + 2 + index * 12, directory + 14 + index * 12),
  );
  const padding = new Uint8Array(tiff.length % 2);
  const offset = tiff.length + padding.length;
  const orderOf = (little: boolean) => (little ? 'little' : 'big');
  const to = orderOf(littleEndian);
  const from = source ? orderOf(source.littleEndian) : to;
  const appended = writeTiffDirectory([...fields, ...iptcField], { offset, from, to, entries });
  const result = Buffer.concat([tiff, padding, appended]);
  if (littleEndian) result.writeUInt32LE(offset, 4);
  else result.writeUInt32BE(offset, 4);
  return result;
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
