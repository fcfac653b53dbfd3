import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { asSharp, testImage } from '../../testing/images';
import { runInFolder } from '../../testing/run-cli';
import { simpleNetwork } from '../../testing/simple-network';
import { temporaryFolder } from '../../testing/temporary-folder';

const folder = temporaryFolder();
const names = ['a.png', 'b.png', 'c.png', 'd.png'];

beforeEach(async () => {
  await mkdir(folder.file('in'));
  for (const [index, name] of names.entries()) {
    await asSharp(testImage({ width: 40 + index, height: 30 })).toFile(folder.file('in', name));
  }
});

const leftOver = async (out: string) =>
  (await readdir(folder.file(out))).filter((name) => name.startsWith('.diffir'));

describe('a batch of photos too large for memory', () => {
  // With one byte of memory, all are; and tiles are as small as they get.
  const byFile = ['--max-memory', '1'];

  it('has the bytes that it has in memory, and leaves no temporary file', async () => {
    const network = await simpleNetwork('identity', folder.path);
    const run = (...argv: string[]) =>
      runInFolder(['restore', 'in', ...argv, ...network], { cwd: folder.path });
    await writeFile(
      folder.file('in', 'damaged.png'),
      (await readFile(folder.file('in', 'a.png'))).subarray(0, 90),
    );
    expect((await run('-o', 'whole')).code).toBe(1);
    const { code, stderr } = await run('-o', 'rows', ...byFile);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^diffir: in\/damaged.png: the image is damaged or cut short/);
    expect((await readdir(folder.file('rows'))).sort()).toEqual(names);
    for (const name of names) {
      expect(await readFile(folder.file('rows', name))).toEqual(await readFile(folder.file('whole', name)));
    }
  });

  it('leaves none when it is interrupted', async () => {
    const network = await simpleNetwork('blur', folder.path);
    const controller = new AbortController();
    // Once the first result is there, the second is at work and the third is decoded.
    const watch = setInterval(async () => {
      const there = await readdir(folder.file('out')).catch((): string[] => []);
      const decoded = there.filter((name) => name.endsWith('.v'));
      if (there.includes('a.png') && decoded.length === 2) controller.abort();
    }, 1);
    const argv = ['restore', 'in', '-o', 'out', ...network, ...byFile];
    const { code } = await runInFolder(argv, { cwd: folder.path, signal: controller.signal });
    clearInterval(watch);
    expect(code).toBe(130);
    expect(await leftOver('out')).toEqual([]);
  });
});
