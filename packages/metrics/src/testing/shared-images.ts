import { readFile } from 'node:fs/promises';
import type { Image } from '@diffir/core';
import sharp from 'sharp';
import { sharedPath } from '../../../../tools/shared';

/** A picture of the reference data as 8-bit RGB. */
export async function readShared(...parts: string[]): Promise<Image> {
  const { data, info } = await sharp(await readFile(sharedPath('data', ...parts)))
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`${parts.join('/')} has ${info.channels} channels`);
  return { data: new Uint8Array(data), width: info.width, height: info.height, channels: 3 };
}

/** Names of Set5. */
export const set5 = ['baby', 'bird', 'butterfly', 'head', 'woman'] as const;

/** A picture of Set5 beside what bicubic upscaling makes of its LQ image. */
export async function set5Pair(name: string): Promise<{ readonly gt: Image; readonly bicubic: Image }> {
  return {
    gt: await readShared('set5', 'HR', `${name}.png`),
    bicubic: await readShared('set5', 'bicubic_x4', `${name}_bicubic_x4.png`),
  };
}
