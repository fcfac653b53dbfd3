const HEADER = 'Exif\0\0';
const ORIENTATION_TAG = 0x0112;
const ENTRY_BYTES = 12;

/**
 * EXIF data for a picture whose pixels have been turned upright: orientation 1, and without the embedded
 * thumbnail, which shows the picture as it was. Damaged EXIF comes back as it is.
 * @param exif a TIFF structure, with or without the "Exif" header that JPEG puts in front
 * @returns the TIFF structure alone
 */
export function uprightExif(exif: Uint8Array): Uint8Array {
  // Not slice: a Node Buffer's shares its memory, which starts anywhere in a larger one.
  const bytes = new Uint8Array(withoutHeader(exif));
  const view = new DataView(bytes.buffer);
  if (bytes.length < 8) return bytes;
  const littleEndian = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > bytes.length) return bytes;
  const count = view.getUint16(directory, littleEndian);
  const end = directory + 2 + count * ENTRY_BYTES;
  if (end > bytes.length) return bytes;
  for (let entry = directory + 2; entry < end; entry += ENTRY_BYTES) {
    if (view.getUint16(entry, littleEndian) === ORIENTATION_TAG) view.setUint16(entry + 8, 1, littleEndian);
  }
  // The thumbnail hangs on the directory after the first.
  if (end + 4 <= bytes.length) view.setUint32(end, 0);
  return bytes;
}

/** XMP, which may repeat the orientation, for a picture whose pixels have been turned upright. */
export function uprightXmp(xmp: string): string {
  return xmp
    .replace(/(\btiff:Orientation\s*=\s*["'])\d(["'])/g, '$11$2')
    .replace(/(<tiff:Orientation>\s*)\d(\s*<\/tiff:Orientation>)/g, '$11$2');
}

function withoutHeader(exif: Uint8Array): Uint8Array {
  const header = new TextDecoder('latin1').decode(exif.subarray(0, HEADER.length));
  return header === HEADER ? exif.subarray(HEADER.length) : exif;
}
