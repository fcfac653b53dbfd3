import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { ImageError } from '@diffir/core';
import { describeFileError } from './file-errors';
import type { InputFile } from './find-inputs';
import { hasImageExtension } from './image-formats';

export interface MaskFile {
  readonly path: string;
  /** What messages call it. */
  readonly name: string;
}

/**
 * The mask of an image: the file given, or from a folder the one with the image's name, whatever the
 * extension, in the image's subfolder where a tree is worked through.
 * @param mask file or folder as the user wrote it
 * @throws ImageError when there is none, or more than one
 */
export async function findMask(mask: string, input: InputFile, cwd: string): Promise<MaskFile> {
  const path = resolve(cwd, mask);
  const entry = await stat(path).catch((cause: unknown) => {
    throw new ImageError({ subject: mask, problem: describeFileError(cause), cause });
  });
  if (!entry.isDirectory()) return { path, name: mask };
  const folder = join(path, dirname(input.place));
  const matches = await namesakes(folder, stem(input.place));
  const [match, another] = matches;
  if (match === undefined || another !== undefined) {
    throw new ImageError({
      subject: input.name,
      problem: match
        ? `more than one mask is named like it: ${matches.join(', ')}`
        : `${mask} holds no mask named like it`,
      remedy: `put one image named ${stem(input.place)} there`,
    });
  }
  return { path: join(folder, match), name: join(mask, dirname(input.place), match) };
}

async function namesakes(folder: string, wanted: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => hasImageExtension(name) && stem(name) === wanted).sort();
}

function stem(path: string): string {
  return basename(path, extname(path));
}
