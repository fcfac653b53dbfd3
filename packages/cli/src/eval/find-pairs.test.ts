import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OptionError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { type FindPairsOptions, findPairs } from './find-pairs';

const folder = temporaryFolder();

async function touch(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(folder.file(name)), { recursive: true });
    await writeFile(folder.file(name), 'x');
  }
}

const pairs = async (options: Partial<FindPairsOptions> = {}) => {
  const found = await findPairs({ cwd: folder.path, gt: 'gt', lq: 'lq', ...options });
  return found.map(({ name, lq }) => [name, lq?.name]);
};

describe('findPairs', () => {
  it('pairs by name whatever the format, in the order of names', async () => {
    await touch('gt/b.png', 'gt/a.jpg', 'gt/notes.txt', 'lq/a.png', 'lq/b.png');
    expect(await pairs()).toEqual([
      ['a.jpg', 'lq/a.png'],
      ['b.png', 'lq/b.png'],
    ]);
    expect(await pairs({ limit: 1 })).toEqual([['a.jpg', 'lq/a.png']]);
  });

  it('pairs with a suffix and in subfolders', async () => {
    await touch('gt/x/a.png', 'lq/x/ax4.png');
    expect(await pairs({ lqSuffix: 'x4', recursive: true })).toEqual([['x/a.png', 'lq/x/ax4.png']]);
  });

  it('leaves out the folder that results go to', async () => {
    await touch('gt/a.png', 'gt/out/restored/a.png', 'lq/a.png');
    expect(await pairs({ recursive: true, exclude: folder.file('gt', 'out') })).toEqual([
      ['a.png', 'lq/a.png'],
    ]);
  });

  it('takes ground truth alone where the rest is made of it', async () => {
    await touch('gt/a.png');
    const found = await findPairs({ cwd: folder.path, gt: 'gt' });
    expect(found.map(({ name, lq }) => [name, lq])).toEqual([['a.png', undefined]]);
  });

  it('lists all that are missing on either side', async () => {
    await touch('gt/a.png', 'gt/b.png', 'gt/c.png', 'lq/a.png');
    await expect(pairs()).rejects.toThrow(/^lq: no image for 2 of 3: b\.png, c\.png; .*--skip-missing$/);
    await touch('lq/b.png', 'lq/c.png', 'lq/d.png', 'lq/e.png');
    await expect(pairs()).rejects.toThrow(/^gt: no ground truth for 2 of 5: d\.png, e\.png; /);
  });

  it('leaves out what is missing when told to, but not everything', async () => {
    await touch('gt/a.png', 'gt/b.png', 'lq/b.png', 'lq/c.png');
    expect(await pairs({ skipMissing: true })).toEqual([['b.png', 'lq/b.png']]);
    await expect(pairs({ skipMissing: true, lqSuffix: 'x' })).rejects.toThrow(/none of its images/);
  });

  it('refuses folders that cannot be read, and two images of one name', async () => {
    await touch('gt/a.png', 'lq/a.png', 'lq/a.jpg');
    await expect(pairs()).rejects.toThrow(/^lq: a\.jpg and a\.png have one name/);
    await expect(pairs({ lq: 'nowhere' })).rejects.toThrow(OptionError);
  });
});
