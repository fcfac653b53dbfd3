import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { findMask } from './find-mask';

const folder = temporaryFolder();
const input = (place: string) => ({ path: folder.file('in', place), name: `in/${place}`, place });

describe('findMask', () => {
  beforeEach(async () => {
    await mkdir(folder.file('masks', 'deep'), { recursive: true });
    const names = ['a.v2.png', 'b.png', 'b.jpg', 'a.txt', join('deep', 'c.png')];
    for (const name of names) await writeFile(folder.file('masks', name), '');
  });

  it('takes a file for every image', async () => {
    const mask = await findMask('masks/b.png', input('x.jpg'), folder.path);
    expect(mask).toEqual({ path: folder.file('masks', 'b.png'), name: 'masks/b.png' });
  });

  it('finds the namesake in a folder, in the subfolder of the image', async () => {
    expect((await findMask('masks', input('a.v2.jpg'), folder.path)).name).toBe(join('masks', 'a.v2.png'));
    expect((await findMask('masks', input(join('deep', 'c.jpg')), folder.path)).path).toBe(
      folder.file('masks', 'deep', 'c.png'),
    );
  });

  it('names the image that has no mask, or more than one', async () => {
    await expect(findMask('masks', input('a.jpg'), folder.path)).rejects.toThrow(
      'in/a.jpg: masks holds no mask named like it',
    );
    await expect(findMask('masks', input('b.tif'), folder.path)).rejects.toThrow('b.jpg, b.png');
    await expect(findMask('nowhere', input('b.tif'), folder.path)).rejects.toThrow(
      'nowhere: no such file or folder',
    );
  });
});
