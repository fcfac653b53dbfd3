import { createReadStream } from 'node:fs';
import { readerOf } from './byte-reader';

/** A change to a file: bytes that are put in front of what is at `at`, or in place of it. */
export interface ByteEdit {
  readonly at: number;
  /** How many bytes are left out at `at`. */
  readonly replaced: number;
  readonly bytes: Uint8Array;
}

/** Bytes with changes, which are in order. The bytes themselves come back when there are none. */
export function editBytes(bytes: Uint8Array, edits: readonly ByteEdit[]): Uint8Array {
  if (edits.length === 0) return bytes;
  const { read } = readerOf(bytes);
  return Buffer.concat(
    plan(edits, bytes.length).map((part) =>
      part instanceof Uint8Array ? part : read(part.start, part.count),
    ),
  );
}

/** The bytes of a file with changes, piece by piece. */
export async function* editedFile(
  { path, length }: { readonly path: string; readonly length: number },
  edits: readonly ByteEdit[],
): AsyncGenerator<Uint8Array> {
  for (const part of plan(edits, length)) {
    if (part instanceof Uint8Array) yield part;
    else if (part.count > 0) yield* readRange(path, part);
  }
}

interface Range {
  readonly start: number;
  readonly count: number;
}

/** What is kept and what is put in, in order. */
function plan(edits: readonly ByteEdit[], length: number): readonly (Range | Uint8Array)[] {
  const starts = [0, ...edits.map(({ at, replaced }) => at + replaced)];
  const ends = [...edits.map(({ at }) => at), length];
  return starts.flatMap((start, index) => {
    const kept = { start, count: (ends[index] ?? length) - start };
    const edit = edits[index];
    return edit === undefined ? [kept] : [kept, edit.bytes];
  });
}

const PIECE_BYTES = 2 ** 20;

async function* readRange(path: string, { start, count }: Range): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { start, end: start + count - 1, highWaterMark: PIECE_BYTES });
  for await (const piece of stream) yield piece;
}
