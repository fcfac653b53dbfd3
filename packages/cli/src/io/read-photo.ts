import { readFile } from 'node:fs/promises';
import { ImageError } from '@diffir/core';
import { decodePhoto } from './decode-photo';
import { describeFileError } from './file-errors';
import type { Photo } from './photo';

/**
 * Reads an image file: see `decodePhoto`.
 * @param name what errors call it
 * @throws ImageError when the file cannot be read or decoded
 */
export async function readPhoto(path: string, name = path): Promise<Photo> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new ImageError({ subject: name, problem: describeFileError(cause), cause });
  });
  return decodePhoto(bytes, name);
}
