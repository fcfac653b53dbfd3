import { stat, symlink, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { makeFolder } from './make-folder';

const folder = temporaryFolder();

describe('makeFolder', () => {
  it('makes what is missing, once and at the same time', async () => {
    const path = folder.file('a', 'b', 'c');
    await Promise.all([makeFolder(path), makeFolder(path), makeFolder(folder.file('a', 'd'))]);
    await makeFolder(path);
    expect((await stat(path)).isDirectory()).toBe(true);
    expect((await stat(folder.file('a', 'd'))).isDirectory()).toBe(true);
  });

  it('fails where a file or a link to nowhere is in the way', async () => {
    await writeFile(folder.file('file'), '');
    await symlink('nowhere', folder.file('link'));
    for (const name of ['file', 'link']) {
      await expect(makeFolder(folder.file(name, 'below'))).rejects.toMatchObject({ code: 'EEXIST' });
    }
  });

  it.skipIf(platform() !== 'linux')('fails, rather than hangs, where no folder can be made', async () => {
    await expect(makeFolder('/proc/nowhere/below')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
