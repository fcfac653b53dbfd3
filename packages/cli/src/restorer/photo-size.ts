import { stat } from 'node:fs/promises';
import type { PixelSize } from '@diffir/core';
import sharp from 'sharp';

/** What a photo's file says of it before it is decoded. */
export interface PhotoSize extends PixelSize {
  /** What its samples take once it is decoded. */
  readonly bytes: number;
  readonly hasAlpha: boolean;
}

/** Reads a photo's size off its file's header; undefined where that cannot be told. */
export async function photoSize(path: string): Promise<PhotoSize | undefined> {
  // A pipe could be read only once.
  const isFile = await stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
  if (!isFile) return undefined;
  // What is wrong with a file is said when it is decoded.
  const header = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (header === undefined) return undefined;
  const { width, height, channels, depth, hasAlpha = false } = header;
  return { width, height, bytes: width * height * channels * (depth === 'uchar' ? 1 : 2), hasAlpha };
}

/** Files whose headers are read at the same time. */
const READ_AT_ONCE = 8;

/** The sizes of photos, in the order of their paths. @throws the signal's reason when aborted */
export async function photoSizes(
  paths: readonly string[],
  signal: AbortSignal,
): Promise<(PhotoSize | undefined)[]> {
  const sizes: (PhotoSize | undefined)[] = [];
  for (let start = 0; start < paths.length; start += READ_AT_ONCE) {
    signal.throwIfAborted();
    sizes.push(...(await Promise.all(paths.slice(start, start + READ_AT_ONCE).map(photoSize))));
  }
  return sizes;
}
