import { appendFile, open } from 'node:fs/promises';
import { type Image, ImageError, type ImageSamples, type ImageSink, type ImageSource } from '@diffir/core';

/** A picture in a temporary file: its samples row by row, in this machine's byte order. */
export interface PictureFile extends ImageSource {
  readonly bits: 8 | 16;
  readonly path: string;
}

type PictureFileLayout = Omit<PictureFile, 'read'> & {
  /** Where the first row is. Default: at the start. */
  readonly offset?: number;
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
export function openPicture({ offset = 0, ...picture }: PictureFileLayout): PictureFile {
  const { path, width, channels, bits } = picture;
  const rowBytes = (width * channels * bits) / 8;
  return {
    ...picture,
    async read(firstRow, count) {
      const bytes = new Uint8Array(count * rowBytes);
      const file = await open(path, 'r');
      try {
        const start = offset + firstRow * rowBytes;
        for (let done = 0; done < bytes.length; ) {
          const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
          if (bytesRead === 0)
            throw new ImageError({ subject: path, problem: 'the temporary file is cut short' });
          done += bytesRead;
        }
      } finally {
        await file.close();
      }
      return bits === 8 ? bytes : new Uint16Array(bytes.buffer);
    },
  };
}

/** Puts rows one behind the other into a file, which is made for the first. */
export function pictureFileSink(path: string): ImageSink {
  return { write: (samples) => appendFile(path, bytesOf(samples)) };
}

function bytesOf({ buffer, byteOffset, byteLength }: ImageSamples): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
