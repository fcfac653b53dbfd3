/**
 * Whether a file is an animated PNG, of which sharp silently takes the first frame, or an AVIF image
 * sequence, which sharp does not know at all. Of other animations sharp counts the frames.
 */
export function isHiddenAnimation(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return file.toString('latin1', 4, 12) === 'ftypavis' || isAnimatedPng(file);
}

/** An animation says how many frames it has (acTL) before its first data (IDAT). */
function isAnimatedPng(file: Buffer): boolean {
  if (file.toString('latin1', 1, 4) !== 'PNG') return false;
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const type = file.toString('latin1', at + 4, at + 8);
    if (type === 'acTL') return file.readUInt32BE(at + 8) > 1;
    if (type === 'IDAT') return false;
  }
  return false;
}
