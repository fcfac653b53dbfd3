import { matProblem } from './mat-problem';

/**
 * Decompresses zlib data, giving up as soon as there is more of it than allowed.
 * @param most bytes that may come out
 * @throws OptionError for damaged data and for too much of it
 */
export async function inflate(compressed: Uint8Array, most: number): Promise<Uint8Array> {
  const stream = new Blob([Uint8Array.from(compressed)]).stream();
  const reader = stream.pipeThrough(new DecompressionStream('deflate')).getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw matProblem('its compressed data is damaged or cut short', cause);
    });
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw matProblem(`it decompresses to more than ${Math.floor(most / 2 ** 20)} MiB`);
    }
    pieces.push(value);
  }
  return join(pieces, length);
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
