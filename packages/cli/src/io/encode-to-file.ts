import { stat, writeFile } from 'node:fs/promises';
import { allRows } from '@diffir/core';
import sharp from 'sharp';
import { editedFile } from './byte-edits';
import { withFileReader } from './byte-reader';
import { fitSamples, fittingBits, fittingChannels } from './fit-to-format';
import type { PhotoMetadata } from './photo';
import { type EncodeOptions, encoderOf, encodingError, foreignMetadata } from './photo-encoder';
import { DECODED_HEADER_BYTES, DECODED_SUFFIX, openPicture, type PictureFile } from './picture-file';
import type { PixelRows } from './pixel-rows';
import { kindOfRows, spaceOf } from './raw-pixels';
import { storedPng } from './stored-png';
import { temporaryFileError } from './temporary-file-error';
import type { FileWork } from './temporary-files';

/**
 * The rows of a picture in a temporary file, fitted to a format. Once they are read, the file is gone.
 * Reading throws what `fitSamples` throws.
 */
export function fittedRows(
  picture: PictureFile,
  format: EncodeOptions['format'],
  { files, name }: Pick<FileWork, 'files' | 'name'>,
): PixelRows {
  const { width, height, channels, bits } = picture;
  const fitted = async function* () {
    for await (const samples of allRows(picture)) yield fitSamples(samples, { channels, format, name });
    await files.remove(picture.path);
  };
  return {
    width,
    height,
    channels: fittingChannels(channels, format),
    bits: fittingBits(bits, format),
    rows: fitted(),
  };
}

/**
 * Encodes rows to the bytes that `encodePhoto` gives, by way of temporary files instead of memory.
 * @returns the encoded file, piece by piece
 * @throws OutputError when the format cannot hold it, or a temporary file cannot be written
 */
export async function encodeToFile(
  { pixels, metadata }: { readonly pixels: PixelRows; readonly metadata: PhotoMetadata },
  options: EncodeOptions,
  work: FileWork,
): Promise<AsyncIterable<Uint8Array>> {
  const { files, output, name } = work;
  const { format } = options;
  const picture = { kind: kindOfRows(pixels), pixels: pixels.width * pixels.height, metadata };
  const source = await createStored({ pixels, metadata }, work);
  try {
    const path = await files.create(output, (target) =>
      encoderOf(openStored(source), picture, options).toFile(target),
    );
    await files.remove(source);
    const edits = await withFileReader(path, async (file) => foreignMetadata(file, metadata, format));
    return editedFile({ path, length: (await stat(path)).size }, edits);
  } catch (cause) {
    throw temporaryFileError(cause, name) ?? encodingError(cause, format, name);
  }
}

/**
 * A picture in a file at another size: see `resizeImage`.
 * @throws OutputError when a temporary file cannot be written
 */
export async function resizePicture(
  picture: PictureFile,
  { width, height }: { readonly width: number; readonly height: number },
  work: FileWork,
): Promise<PictureFile> {
  if (picture.width === width && picture.height === height) return picture;
  const pixels = { ...picture, rows: allRows(picture) };
  const source = await createStored({ pixels, metadata: {} }, work);
  await work.files.remove(picture.path);
  const resized = openStored(source)
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .toColourspace(spaceOf(kindOfRows(picture)));
  const path = await work.files
    .create(work.output, (target) => resized.toFile(target), DECODED_SUFFIX)
    .catch((cause: unknown) => {
      throw temporaryFileError(cause, work.name) ?? cause;
    });
  await work.files.remove(source);
  return openPicture({ ...picture, path, width, height, offset: DECODED_HEADER_BYTES });
}

function createStored(
  { pixels, metadata }: { readonly pixels: PixelRows; readonly metadata: PhotoMetadata },
  { files, output, name }: FileWork,
): Promise<string> {
  const fill = (path: string) => writeFile(path, storedPng(pixels, metadata));
  return files.create(output, fill).catch((cause: unknown) => {
    throw temporaryFileError(cause, name) ?? cause;
  });
}

function openStored(path: string) {
  return sharp(path, { limitInputPixels: false, sequentialRead: true });
}
