/** All that a writer gives out, in one piece. */
export async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  const bytes = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const piece of all) {
    bytes.set(piece, next);
    next += piece.length;
  }
  return bytes;
}
