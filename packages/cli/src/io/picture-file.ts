import { appendFile, open, writeFile } from 'node:fs/promises';
import {
  type Image,
  ImageError,
  type ImageSamples,
  type ImageSink,
  type ImageSource,
  type ImageStore,
  type RowLayout,
} from '@diffir/core';
import type { FileWork } from './temporary-files';

/** A picture in a temporary file: its samples row by row, in this machine's byte order. */
export interface PictureFile extends ImageSource {
  readonly bits: 8 | 16;
  readonly path: string;
}

type PictureFileLayout = Omit<PictureFile, 'read'> & {
  /** Where the first row is. Default: at the start. */
  readonly offset?: number;
  /** What is done to samples that are read. Default: nothing. */
  readonly adjust?: (samples: ImageSamples) => ImageSamples;
};

/** The suffix of a file of libvips' own format, by which sharp knows what to write. */
export const DECODED_SUFFIX = '.v';
/** What stands before the samples in such a file. */
export const DECODED_HEADER_BYTES = 64;

/** Whether a picture is in a file rather than in memory. */
export function isPictureFile(picture: Image | PictureFile): picture is PictureFile {
  return 'path' in picture;
}

/** A file of samples that is there. It is open only while rows are read. */
export function openPicture({
  offset = 0,
  adjust = (samples) => samples,
  ...picture
}: PictureFileLayout): PictureFile {
  return {
    ...picture,
    read: async (firstRow, count) => adjust(await readRows(picture, { firstRow, count, offset })),
  };
}

/** Puts rows one behind the other into a file, which is made for the first. */
export function pictureFileSink(path: string): ImageSink {
  return { write: (samples) => appendFile(path, bytesOf(samples)) };
}

/** A store in a temporary file. */
export async function temporaryStore(
  layout: RowLayout,
  { files, output }: Pick<FileWork, 'files' | 'output'>,
): Promise<ImageStore> {
  const path = await files.create(output, (name) => writeFile(name, ''));
  return {
    ...layout,
    read: (firstRow, count) => readRows({ ...layout, path }, { firstRow, count, offset: 0 }),
    async write(samples, firstRow) {
      const bytes = bytesOf(samples);
      const start = firstRow * rowBytesOf(layout);
      const file = await open(path, 'r+');
      try {
        for (let done = 0; done < bytes.length; ) {
          done += (await file.write(bytes, done, bytes.length - done, start + done)).bytesWritten;
        }
      } finally {
        await file.close();
      }
    },
    dispose: () => files.remove(path),
  };
}

interface RowsInFile {
  readonly firstRow: number;
  readonly count: number;
  /** Where the picture's first row is. */
  readonly offset: number;
}

async function readRows(
  picture: RowLayout & { readonly path: string },
  { firstRow, count, offset }: RowsInFile,
): Promise<ImageSamples> {
  const { path, bits } = picture;
  const rowBytes = rowBytesOf(picture);
  const bytes = new Uint8Array(count * rowBytes);
  const file = await open(path, 'r');
  try {
    const start = offset + firstRow * rowBytes;
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
      if (bytesRead === 0) {
        throw new ImageError({ subject: path, problem: 'the temporary file is cut short' });
      }
      done += bytesRead;
    }
  } finally {
    await file.close();
  }
  if (bits === 8) return bytes;
  return bits === 16 ? new Uint16Array(bytes.buffer) : new Float32Array(bytes.buffer);
}

function rowBytesOf({ width, channels, bits }: RowLayout): number {
  return (width * channels * bits) / 8;
}

function bytesOf({ buffer, byteOffset, byteLength }: ImageSamples): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
