const PRIME = 0x01000193;
const OFFSET = 0x811c9dc5;

/**
 * The seed for one file of a folder: a hash (FNV-1a, 32 bits) of the seed and of the file's place, so
 * that a file is degraded alike wherever the folder lies and whatever else is in it.
 */
export function fileSeed(seed: number, place: string): number {
  const bytes = new TextEncoder().encode(`${seed}/${place.replaceAll('\\', '/').normalize('NFC')}`);
  return bytes.reduce((hash, byte) => Math.imul(hash ^ byte, PRIME), OFFSET) >>> 0;
}
