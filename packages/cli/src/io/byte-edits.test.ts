import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { type ByteEdit, editBytes, editedFile } from './byte-edits';

const folder = temporaryFolder();
const bytes = Buffer.from('0123456789');

describe('edited bytes', () => {
  it.each<{ expected: string; edits: readonly [number, number, string][] }>([
    { expected: '0123456789', edits: [] },
    { expected: 'ab0123456789', edits: [[0, 0, 'ab']] },
    {
      expected: '0123ABCD89+',
      edits: [
        [4, 4, 'ABCD'],
        [10, 0, '+'],
      ],
    },
    { expected: '9', edits: [[0, 9, '']] },
  ])('are $expected, in memory and from a file', async ({ expected, edits: given }) => {
    const edits: ByteEdit[] = given.map(([at, replaced, text]) => ({
      at,
      replaced,
      bytes: Buffer.from(text),
    }));
    expect(Buffer.from(editBytes(bytes, edits)).toString()).toBe(expected);
    await writeFile(folder.file('a'), bytes);
    const pieces: Uint8Array[] = [];
    for await (const piece of editedFile({ path: folder.file('a'), length: bytes.length }, edits))
      pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe(expected);
  });
});
