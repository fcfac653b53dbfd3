import { type ByteReader, readerOf } from './byte-reader';

/**
 * Whether a file is an animated PNG, of which sharp silently takes the first frame, or an AVIF image
 * sequence, which sharp does not know at all. Of other animations sharp counts the frames.
 */
export function isHiddenAnimation(bytes: Uint8Array | ByteReader): boolean {
  const file = readerOf(bytes);
  return file.read(4, 8).toString('latin1') === 'ftypavis' || isAnimatedPng(file);
}

/** An animation says how many frames it has (acTL) before its first data (IDAT). */
function isAnimatedPng(file: ByteReader): boolean {
  if (file.read(1, 3).toString('latin1') !== 'PNG') return false;
  for (let at = 8; at + 12 <= file.length; ) {
    const head = file.read(at, 12);
    const type = head.toString('latin1', 4, 8);
    if (type === 'acTL') return head.readUInt32BE(8) > 1;
    if (type === 'IDAT') return false;
    at += 12 + head.readUInt32BE(0);
  }
  return false;
}
