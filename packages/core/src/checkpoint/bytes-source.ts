import type { ByteSource } from './byte-source';
import { checkRange } from './read-range';

/** A file that already lies in memory. The bytes must not change while the source is in use. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    async read(offset, length) {
      checkRange({ name, size: bytes.length }, offset, length);
      // Not `slice`: Node's Buffer, a Uint8Array too, answers with a view.
      return new Uint8Array(bytes.subarray(offset, offset + length));
    },
  };
}
