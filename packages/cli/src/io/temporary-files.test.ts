import { readdir, writeFile } from 'node:fs/promises';
import { OutputError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { createTemporaryFiles } from './temporary-files';

const folder = temporaryFolder();

describe('temporary files', () => {
  it('are hidden beside the output until they are removed', async () => {
    const files = createTemporaryFiles();
    const paths = [];
    for (const name of ['a', 'b', 'c']) {
      paths.push(await files.create(folder.file('out.png'), (path) => writeFile(path, name), '.v'));
    }
    const names = await readdir(folder.path);
    expect(names).toHaveLength(3);
    expect(names.every((name) => /^\.diffir-[-0-9a-f]{36}\.tmp\.v$/.test(name))).toBe(true);
    await files.remove(paths[0] ?? '');
    expect(await readdir(folder.path)).toHaveLength(2);
    await files.removeAll();
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('go when filling them fails', async () => {
    const files = createTemporaryFiles();
    const filling = files.create(folder.file('out.png'), async (path) => {
      await writeFile(path, 'half');
      throw new TypeError('no more');
    });
    await expect(filling).rejects.toThrow('no more');
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('go when all are removed while one is being filled', async () => {
    const files = createTemporaryFiles();
    const filling = files.create(folder.file('out.png'), async (path) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await writeFile(path, 'late');
    });
    await files.removeAll();
    await filling;
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('need room on the disk, where that can be told', async () => {
    const full = createTemporaryFiles(async () => 3 * 2 ** 20);
    await full.reserve(folder.file('new', 'out.png'), 3 * 2 ** 20, 'out.png');
    const failure = full.reserve(folder.file('out.png'), 5 * 2 ** 30, 'out.png');
    await expect(failure).rejects.toThrow(
      'out.png: its temporary files need 5.0 GiB of disk beside it, and 3.0 MiB are free; free some, or choose an output on another disk',
    );
    await expect(failure).rejects.toSatisfy(OutputError.isInstance.bind(OutputError));
    await createTemporaryFiles(async () => undefined).reserve(folder.file('out.png'), 5e12, 'out.png');
    await expect(createTemporaryFiles().reserve(folder.file('out.png'), 1e18, 'a')).rejects.toThrow(
      'need 909494.7 TiB',
    );
  });
});
