import { Readable } from 'node:stream';
import { createDeflate, deflateSync } from 'node:zlib';
import type { ImageSamples } from '@diffir/core';
import type { PhotoMetadata } from './photo';
import type { PixelRows } from './pixel-rows';
import { pngChunk } from './png-chunks';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const COLOR_TYPES = { 1: 0, 2: 4, 3: 2, 4: 6 };
const PIECE_BYTES = 2 ** 20;

/**
 * A PNG file of uncompressed samples with metadata, piece by piece. Sharp attaches metadata only to images
 * that it has read with them, and keeps a stream of rows whole: so this is how rows get to its encoders.
 */
export async function* storedPng(
  { width, height, channels, bits, rows }: PixelRows,
  { icc, exif, xmp }: PhotoMetadata,
): AsyncGenerator<Uint8Array> {
  yield SIGNATURE;
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, bits, COLOR_TYPES[channels], 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  yield pngChunk('IHDR', header);
  if (icc) yield pngChunk('iCCP', latin1('icc\0\0'), deflateSync(icc));
  if (exif) yield pngChunk('eXIf', exif);
  if (xmp) yield pngChunk('iTXt', latin1('XML:com.adobe.xmp\0\0\0\0\0'), new TextEncoder().encode(xmp));
  // One pixel per millimetre, as sharp counts where nothing is known.
  yield pngChunk('pHYs', Buffer.from([0, 0, 3, 232, 0, 0, 3, 232, 1]));
  const stored = createDeflate({ level: 0, chunkSize: PIECE_BYTES });
  const lines = Readable.from(scanlines(rows, width * channels), { objectMode: false });
  lines.once('error', (error) => stored.destroy(error));
  try {
    for await (const piece of lines.pipe(stored)) yield pngChunk('IDAT', piece);
  } finally {
    lines.destroy();
  }
  yield pngChunk('IEND');
}

/** Rows as PNG has them: a byte 0 in front, for no filter, and 16 bits with the high byte first. */
async function* scanlines(rows: AsyncIterable<ImageSamples>, rowLength: number): AsyncGenerator<Uint8Array> {
  for await (const samples of rows) {
    const count = samples.length / rowLength;
    const rowBytes = rowLength * samples.BYTES_PER_ELEMENT;
    const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    const lines = Buffer.alloc(count * (1 + rowBytes));
    for (let row = 0; row < count; row++) {
      const line = lines.subarray(row * (1 + rowBytes) + 1, (row + 1) * (1 + rowBytes));
      bytes.copy(line, 0, row * rowBytes, (row + 1) * rowBytes);
      if (samples instanceof Uint16Array) line.swap16();
    }
    yield lines;
  }
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
