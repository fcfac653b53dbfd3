import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Image } from '@diffir/core';
import sharp from 'sharp';
import { encodePhoto } from '../../io/encode-photo';
import { exists, writeAtomically } from '../../io/write-atomically';
import { sideBySide } from './side-by-side';

export interface Sample {
  readonly name: string;
  readonly iteration: number;
  /** From left to right: LQ, restored, GT. */
  readonly pictures: readonly Image[];
}

export interface WrittenSample {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
}

/** Writes pictures side by side as one PNG file. */
export async function writeSample(
  folder: string,
  { name, iteration, pictures }: Sample,
): Promise<WrittenSample> {
  const base = name.replace(/^.*[\\/]|\.[^.]*$/g, '');
  const path = join(folder, `${String(iteration).padStart(7, '0')}-${base}.png`);
  const image = sideBySide(pictures);
  const png = await encodePhoto({ image, metadata: {} }, { format: 'png' }, path);
  await writeAtomically(path, png, { overwrite: true });
  return { name: base, width: image.width, height: image.height, png };
}

/** The samples of the last validation, small enough for a page. */
export async function lastSamples(folder: string): Promise<{ caption: string; url: string }[]> {
  const names = (await exists(folder))
    ? (await readdir(folder)).filter((name) => name.endsWith('.png')).sort()
    : [];
  const last = names.at(-1)?.split('-', 1)[0];
  const wanted = last === undefined ? [] : names.filter((name) => name.startsWith(`${last}-`));
  return Promise.all(
    wanted.map(async (name) => {
      const jpeg = await sharp(await readFile(join(folder, name)))
        .jpeg({ quality: 88 })
        .toBuffer();
      return {
        caption: name.replace(/\.png$/, ''),
        url: `data:image/jpeg;base64,${jpeg.toString('base64')}`,
      };
    }),
  );
}
