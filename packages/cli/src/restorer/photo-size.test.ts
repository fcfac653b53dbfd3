import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { asSharp, testImage } from '../testing/images';
import { temporaryFolder } from '../testing/temporary-folder';
import { photoSize, photoSizes } from './photo-size';

const folder = temporaryFolder();
const signal = new AbortController().signal;

describe("a photo's size", () => {
  it('is read off its header, also where the rest is missing', async () => {
    await asSharp(testImage({ width: 30, height: 20 })).toFile(folder.file('a.jpg'));
    const deep = testImage({ width: 7, height: 5, channels: 4, sixteenBit: true });
    const png = await asSharp(deep).png().toBuffer();
    await writeFile(folder.file('b.png'), png.subarray(0, png.length - 30));
    const [jpeg, alpha] = [await photoSize(folder.file('a.jpg')), await photoSize(folder.file('b.png'))];
    expect(jpeg).toEqual({ width: 30, height: 20, bytes: 30 * 20 * 3, hasAlpha: false });
    expect(alpha).toEqual({ width: 7, height: 5, bytes: 7 * 5 * 4 * 2, hasAlpha: true });
  });

  it('is unknown for what is no image, no file, or a pipe, which is left alone', async () => {
    await writeFile(folder.file('text.png'), 'not an image');
    await mkdir(folder.file('folder.png'));
    execFileSync('mkfifo', [folder.file('pipe.png')]);
    const names = ['text.png', 'folder.png', 'pipe.png', 'missing.png'];
    const paths = names.map((name) => folder.file(name));
    expect(await photoSizes(paths, signal)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('is given for each of many, in order', async () => {
    const widths = Array.from({ length: 20 }, (_, index) => index + 1);
    for (const width of widths) {
      await asSharp(testImage({ width, height: 3 })).toFile(folder.file(`${width}.png`));
    }
    const sizes = await photoSizes(
      widths.map((width) => folder.file(`${width}.png`)),
      signal,
    );
    expect(sizes.map((size) => size?.width)).toEqual(widths);
    await expect(photoSizes([folder.file('1.png')], AbortSignal.abort('enough'))).rejects.toBe('enough');
  });
});
