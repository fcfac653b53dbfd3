import sharp, { type Sharp } from 'sharp';
import { editBytes } from './byte-edits';
import { readerOf } from './byte-reader';
import { fitToFormat } from './fit-to-format';
import type { Photo } from './photo';
import {
  type EncodeOptions,
  encoderOf,
  encodingError,
  foreignMetadata,
  mustComeAlong,
} from './photo-encoder';
import { pixelRows } from './pixel-rows';
import { fromPixels, pixelKind } from './raw-pixels';
import { storedPng } from './stored-png';

/**
 * Encodes a photo with its profile and metadata. 16-bit samples are rounded to 10 or 8 bits where the
 * format has no more; gray becomes RGB where the format has no gray.
 * @param name what errors call it
 * @throws OutputError when the format cannot hold it: transparency in JPEG, too large a size
 */
export async function encodePhoto(photo: Photo, options: EncodeOptions, name: string): Promise<Uint8Array> {
  const { metadata } = photo;
  const { format } = options;
  const image = fitToFormat(photo.image, format, name);
  const picture = { kind: pixelKind(image), pixels: image.width * image.height, metadata };
  try {
    const source = await withMetadata({ image, metadata });
    const file = await encoderOf(source, picture, options).toBuffer();
    return editBytes(file, foreignMetadata(readerOf(file), metadata, format));
  } catch (cause) {
    throw encodingError(cause, format, name);
  }
}

async function withMetadata({ image, metadata }: Photo): Promise<Sharp> {
  if (!mustComeAlong(metadata)) return fromPixels(image);
  const pieces: Uint8Array[] = [];
  for await (const piece of storedPng(pixelRows(image), metadata)) pieces.push(piece);
  return sharp(Buffer.concat(pieces), { limitInputPixels: false });
}
