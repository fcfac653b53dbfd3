import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { findInputs } from './find-inputs';

const folder = temporaryFolder();

async function touch(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(folder.file(name)), { recursive: true });
    await writeFile(folder.file(name), '');
  }
}

async function find(names: string[], options: { recursive?: boolean; exclude?: string } = {}) {
  const found = await findInputs(names, { cwd: folder.path, ...options });
  return {
    places: found.files.map(({ name, place }) => `${name} -> ${place}`),
    problems: found.failures.map(({ error }) => (error instanceof Error ? error.message : '')),
    fromFolder: found.fromFolder,
  };
}

describe('findInputs', () => {
  it('takes files as they are named, whatever their names look like', async () => {
    await touch('a.v2.png', 'photo [1].jpg', 'noextension');
    const { places, problems } = await find(['a.v2.png', 'photo [1].jpg', 'noextension']);
    expect(places).toEqual([
      'a.v2.png -> a.v2.png',
      'photo [1].jpg -> photo [1].jpg',
      'noextension -> noextension',
    ]);
    expect(problems).toEqual([]);
  });

  it('takes the images of a folder, sorted, and not those further down', async () => {
    await touch('in/b.JPG', 'in/a.png', 'in/notes.txt', 'in/.hidden.png', 'in/deep/c.webp');
    const { places, fromFolder } = await find(['in']);
    expect(places).toEqual([`${join('in', 'a.png')} -> a.png`, `${join('in', 'b.JPG')} -> b.JPG`]);
    expect(fromFolder).toBe(true);
  });

  it('keeps the tree with recursive, leaving out the folder results go to', async () => {
    await touch('in/a.png', 'in/deep/er/b.png', 'in/out/a.png');
    const { places } = await find(['in'], { recursive: true, exclude: folder.file('in', 'out') });
    expect(places).toEqual([
      `${join('in', 'a.png')} -> a.png`,
      `${join('in', 'deep', 'er', 'b.png')} -> ${join('deep', 'er', 'b.png')}`,
    ]);
  });

  it('expands patterns that a shell has not', async () => {
    await touch('in/a.png', 'in/b.png', 'in/c.jpg');
    const { places } = await find(['in/*.png']);
    expect(places).toEqual(['in/a.png -> a.png', 'in/b.png -> b.png']);
  });

  it('gives each file once', async () => {
    await touch('in/a.png');
    expect((await find(['in/a.png', 'in', './in/a.png'])).places).toEqual(['in/a.png -> a.png']);
  });

  it('names what gives no input', async () => {
    await touch('empty/notes.txt');
    const { problems, places } = await find(['missing.png', 'empty', '*.webp', 'empty/notes.txt/a.png']);
    expect(places).toEqual([]);
    expect(problems).toEqual([
      'missing.png: no such file or folder; check the path',
      'empty: no images in this folder; use --recursive to look into its folders',
      '*.webp: no file matches this pattern; check the path',
      'empty/notes.txt/a.png: a part of its path is a file, not a folder',
    ]);
  });
});
