import { CheckpointError } from '../errors/checkpoint-error';
import type { ByteSource } from './byte-source';
import { checkRange } from './read-range';

/** A `Blob` or `File`, e.g. from a file input or a fetch; only the ranges asked for are loaded. */
export function blobSource(name: string, blob: Blob): ByteSource {
  const { size } = blob;
  return {
    name,
    size,
    async read(offset, length) {
      checkRange({ name, size }, offset, length);
      return new Uint8Array(await loadSlice(name, blob.slice(offset, offset + length)));
    },
  };
}

/** A `File` loses its content when the file behind it changes or disappears. */
async function loadSlice(name: string, slice: Blob): Promise<ArrayBuffer> {
  try {
    return await slice.arrayBuffer();
  } catch (cause) {
    throw new CheckpointError({
      subject: name,
      problem: 'cannot be read any more',
      remedy: 'choose the file again',
      cause,
    });
  }
}
