import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { Image } from '@diffir/core';
import { imresize } from '@diffir/tasks';
import { describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../../tools/shared';
import { readPhoto } from '../../io/read-photo';
import { asSharp, testImage } from '../../testing/images';
import { runInFolder } from '../../testing/run-cli';
import { temporaryFolder } from '../../testing/temporary-folder';

const folder = temporaryFolder();
const degrade = (...argv: string[]) => runInFolder(['degrade', ...argv], { cwd: folder.path });

async function put(name: string, image: Image): Promise<void> {
  await asSharp(image).png().toFile(folder.file(name));
}

async function get(...names: string[]): Promise<Image> {
  return (await readPhoto(folder.file(...names))).image;
}

async function photos(): Promise<void> {
  await mkdir(folder.file('in', 'sub'), { recursive: true });
  await put('in/a.png', testImage({ width: 99, height: 90 }));
  await put('in/b.png', testImage({ width: 99, height: 90 }));
  await put('in/sub/c.png', testImage({ width: 96, height: 88, channels: 1 }));
}

describe('diffir degrade', () => {
  it('shrinks a folder, with the ground truth cropped to fit', async () => {
    await photos();
    const { code, stderr } = await degrade(
      'in',
      '-o',
      'out',
      '--task',
      'sr',
      '--scale',
      '3',
      '--gt',
      'gt',
      '--recursive',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '3 degraded, 0 failed\n' });
    expect((await readdir(folder.file('out'), { recursive: true })).sort()).toEqual([
      'a.png',
      'b.png',
      'sub',
      'sub/c.png',
    ]);
    const gt = await get('gt', 'a.png');
    expect(gt).toMatchObject({ width: 99, height: 90, channels: 3 });
    if (!(gt.data instanceof Uint8Array)) expect.fail('8 bits are written');
    expect(await get('out', 'a.png')).toEqual(imresize({ ...gt, data: gt.data }, 1 / 3));
    expect(await get('out', 'sub', 'c.png')).toMatchObject({ width: 32, height: 29, channels: 1 });
    expect(await get('gt', 'sub', 'c.png')).toMatchObject({ width: 96, height: 87 });
  });

  it('gives the same bytes for the same seed, whatever else is in the folder; each file its own', async () => {
    await photos();
    await degrade('in', '-o', 'all', '--task', 'real-sr', '--seed', '5');
    await mkdir(folder.file('alone'));
    await put('alone/b.png', testImage({ width: 99, height: 90 }));
    await degrade('alone', '-o', 'one', '--task', 'real-sr', '--seed', '5');
    await degrade('alone', '-o', 'other', '--task', 'real-sr', '--seed', '6');
    const bytes = (name: string) => readFile(folder.file(name));
    expect(await bytes('one/b.png')).toEqual(await bytes('all/b.png'));
    expect(await bytes('other/b.png')).not.toEqual(await bytes('all/b.png'));
    expect(await bytes('all/a.png')).not.toEqual(await bytes('all/b.png'));
  });

  it('cuts holes, with masks that restore finds', async () => {
    await photos();
    const { code, stdout } = await degrade(
      'in',
      '-o',
      'out',
      '--task',
      'inpaint',
      '--masks',
      'masks',
      '--json',
      '--format',
      'keep',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toEqual({
      input: 'in/a.png',
      output: 'out/a.png',
      mask: 'masks/a.png',
      width: 99,
      height: 90,
      recipe: 'masks',
    });
    const [image, mask, original] = [
      await get('out', 'a.png'),
      await get('masks', 'a.png'),
      await get('in', 'a.png'),
    ];
    expect(mask).toMatchObject({ width: 99, height: 90, channels: 1 });
    expect(mask.data).toContain(255);
    const expected = original.data.map((level, i) => (mask.data[Math.floor(i / 3)] === 255 ? 0 : level));
    expect(image.data).toEqual(expected);
  });

  it('writes to a file, with the mask under its name', async () => {
    await put('a.png', testImage({ width: 60, height: 60 }));
    const argv = ['a.png', '-o', 'hole.jpg', '--task', 'inpaint', '--masks', 'masks'];
    expect(await degrade(...argv)).toMatchObject({ code: 0, stderr: '' });
    expect((await readdir(folder.path)).sort()).toEqual(['a.png', 'hole.jpg', 'masks']);
    expect(await readdir(folder.file('masks'))).toEqual(['hole.png']);
  });

  it('does the rest when one fails, and says why', async () => {
    await photos();
    await writeFile(folder.file('in', 'broken.png'), 'no image');
    await put('in/small.png', testImage({ width: 20, height: 20 }));
    await put('in/clear.png', testImage({ width: 90, height: 90, channels: 4 }));
    const { code, stderr } = await degrade('in', '-o', 'out', '--task', 'real-sr');
    expect(code).toBe(1);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^diffir: in\/broken\.png: /);
    expect(lines[1]).toMatch(/^diffir: in\/clear\.png: .*alpha/);
    expect(lines[2]).toMatch(/^diffir: in\/small\.png: .*too small/);
    expect(lines[3]).toBe('2 degraded, 3 failed');
    expect((await readdir(folder.file('out'))).sort()).toEqual(['a.png', 'b.png']);
  });

  it('takes an alpha channel that hides nothing away', async () => {
    const opaque = testImage({ width: 40, height: 40, channels: 4 });
    opaque.data.forEach((_, i) => {
      if (i % 4 === 3) opaque.data[i] = 255;
    });
    await put('a.png', opaque);
    expect((await degrade('a.png', '-o', 'out', '--task', 'sr', '-q')).code).toBe(0);
    expect(await get('out', 'a.png')).toMatchObject({ width: 10, height: 10, channels: 3 });
  });

  it('replaces nothing without being told to', async () => {
    await put('a.png', testImage({ width: 40, height: 40 }));
    await mkdir(folder.file('gt'));
    await writeFile(folder.file('gt', 'a.png'), 'old');
    const argv = ['a.png', '-o', 'out', '--task', 'sr', '--gt', 'gt'];
    expect(await degrade(...argv)).toMatchObject({
      code: 1,
      stderr: 'diffir: gt/a.png: it exists already; use --overwrite, or another folder\n',
    });
    expect(await readdir(folder.path)).toEqual(['a.png', 'gt']);
    expect((await degrade(...argv, '--overwrite')).code).toBe(0);
    expect(await get('gt', 'a.png')).toMatchObject({ width: 40 });
  });

  it.each([
    ['an unknown recipe', ['--recipe', 'rain'], 'rain: unknown recipe; known: camera-shake, kernels'],
    ['an unknown task', ['--task', 'rain'], 'rain: unknown task; known: deblur, inpaint, real-sr, sr'],
    ['a scale where the size stays', ['--scale', '2'], '--scale: recipe camera-shake has no use for it'],
    [
      'kernels without the recipe',
      ['--kernels', 'k.mat'],
      '--kernels: recipe camera-shake has no use for it',
    ],
    ['the recipe without kernels', ['--recipe', 'kernels'], 'recipe kernels: it needs --kernels'],
    ['no place for masks', ['--task', 'inpaint'], 'recipe masks: it needs --masks'],
    [
      'masks where there are none',
      ['--task', 'sr', '--masks', 'm'],
      '--masks: recipe bicubic has no use for it',
    ],
    [
      'a missing kernels file',
      ['--recipe', 'kernels', '--kernels', 'k.mat'],
      'k.mat: no such file or folder',
    ],
    ['no kernels file', ['--recipe', 'kernels', '--kernels', 'a.png'], 'a.png: it is no MATLAB 5 file'],
    [
      'the ground truth over the inputs',
      ['--gt', '.', '--overwrite'],
      'a.png: what is made of a.png would replace the input a.png',
    ],
    [
      'two results in one file',
      ['--gt', 'out'],
      'out/a.png: what is made of a.png would replace what is made of a.png',
    ],
  ])('refuses %s before any work', async (_, argv, problem) => {
    await put('a.png', testImage({ width: 40, height: 40 }));
    const { code, stderr } = await degrade('a.png', '-o', 'out', ...argv);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^diffir: [^\n]+\n$/);
    expect(stderr).toContain(`diffir: ${problem}`);
    expect(await readdir(folder.path)).toEqual(['a.png']);
  });

  it.each([
    ['--scale', '2.5'],
    ['--scale', '17'],
    ['--seed', '-1'],
    ['--format', 'bmp'],
  ])('refuses %s %s', async (...argv) => {
    expect((await degrade('a.png', '-o', 'out', '--task', 'sr', ...argv)).code).toBe(2);
  });

  it('takes recipes from plugins', async () => {
    await writeFile(
      folder.file('rain.mjs'),
      `const task = { id: 'derain', description: 'dries', mask: 'none', rejects: () => undefined,
        prepare: ({ image }) => image, compose: (output) => output,
        degradations: [{ id: 'rain', description: 'rains', async degrade(image, random) {
          return { lq: { ...image, data: image.data.map((level) => (random() < 0.5 ? 255 : level)) }, gt: image };
        } }] };
      export const plugin = { name: 'rain', tasks: [task] };`,
    );
    await put('a.png', testImage({ width: 40, height: 40 }));
    const { code } = await degrade('a.png', '-o', 'out', '--plugin', './rain.mjs', '--task', 'derain');
    expect(code).toBe(0);
    const { data } = await get('out', 'a.png');
    const wet = data.filter((level) => level === 255).length / data.length;
    // Five standard errors of a half.
    expect(Math.abs(wet - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / data.length) + 0.01);
  });

  it('stops when interrupted, and leaves no debris', async () => {
    await photos();
    const signal = AbortSignal.abort();
    const { code } = await runInFolder(['degrade', 'in', '-o', 'out'], { cwd: folder.path, signal });
    expect(code).toBe(130);
    expect(await readdir(folder.path)).toEqual(['in']);
  });
});

describeShared('diffir degrade with kernels of a file', () => {
  it('blurs', async () => {
    await put('a.png', testImage({ width: 64, height: 64 }));
    const kernels = sharedPath('data', 'kernels', 'kernels_12.mat');
    const { code } = await degrade('a.png', '-o', 'out', '--recipe', 'kernels', '--kernels', kernels);
    expect(code).toBe(0);
    expect((await get('out', 'a.png')).data).not.toEqual((await get('a.png')).data);
  });
});
