import { chmod, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { OutputError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { writeAtomically } from './write-atomically';

const folder = temporaryFolder();
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (path: string) => readFile(path, 'utf8');

describe('writeAtomically', () => {
  it('writes one piece or many, and makes folders on the way', async () => {
    await writeAtomically(folder.file('a', 'b', 'c.txt'), bytes('whole'));
    expect(await text(folder.file('a', 'b', 'c.txt'))).toBe('whole');
    async function* pieces() {
      yield bytes('in ');
      yield bytes('pieces');
    }
    await writeAtomically(folder.file('d.txt'), pieces());
    expect(await text(folder.file('d.txt'))).toBe('in pieces');
    expect((await readdir(folder.path)).sort()).toEqual(['a', 'd.txt']);
  });

  it('refuses to replace a file, also one that appears while it writes', async () => {
    const path = folder.file('a.txt');
    async function* slow() {
      yield bytes('new');
      await writeFile(path, 'old');
    }
    const late = await writeAtomically(path, slow()).catch((error: unknown) => error);
    const early = await writeAtomically(path, bytes('new'), { name: 'a' }).catch((error: unknown) => error);
    expect(OutputError.isInstance(late)).toBe(true);
    expect(early).toMatchObject({ message: expect.stringContaining('a: it exists already') });
    expect(await text(path)).toBe('old');
    expect(await readdir(folder.path)).toEqual(['a.txt']);
  });

  it('replaces a file when told to, and keeps its permissions', async () => {
    const path = folder.file('a.txt');
    await writeFile(path, 'old');
    await chmod(path, 0o640);
    await writeAtomically(path, bytes('new'), { overwrite: true });
    expect(await text(path)).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o640);
  });

  it('replaces what a link leads to, not the link', async () => {
    await writeFile(folder.file('target.txt'), 'old');
    await symlink('target.txt', folder.file('link.txt'));
    await writeAtomically(folder.file('link.txt'), bytes('new'), { overwrite: true });
    expect(await readlink(folder.file('link.txt'))).toBe('target.txt');
    expect(await text(folder.file('target.txt'))).toBe('new');
  });

  it('leaves nothing behind when its content fails or it is aborted', async () => {
    const controller = new AbortController();
    async function* aborted() {
      yield bytes('part');
      controller.abort();
      yield bytes('rest');
    }
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield bytes('part');
      throw new OutputError({ problem: 'broken' });
    }
    const { signal } = controller;
    const failure = await writeAtomically(folder.file('a'), aborted(), { signal }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBe(signal.reason);
    await expect(writeAtomically(folder.file('b'), broken())).rejects.toThrow('broken');
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('says why a place cannot be written to', async () => {
    await writeFile(folder.file('file'), '');
    await mkdir(folder.file('taken'));
    const problem = (path: string, overwrite: boolean) =>
      writeAtomically(path, bytes('x'), { overwrite, name: 'out' }).catch((error: unknown) => error);
    const below = await problem(folder.file('file', 'a.txt'), false);
    expect(below).toMatchObject({
      message: expect.stringMatching(/^out: cannot be written: a part of its path/),
    });
    expect(OutputError.isInstance(await problem(folder.file('taken'), true))).toBe(true);
    expect((await readdir(folder.path)).sort()).toEqual(['file', 'taken']);
  });
});
