import type { Image } from '@diffir/core';
import { letPageBreathe } from '../let-page-breathe';
import { crc32 } from './crc32';
import { filterRows } from './filter-rows';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** PNG's colour types by number of channels. */
const COLOR_TYPES = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;

/** Samples filtered at a time: some ten milliseconds' work. */
const STEP = 2 ** 19;

/**
 * Encodes an image of any size to the bit: also 16 bits and the colour of transparent pixels, which canvases
 * lose. The page can draw and react between steps.
 */
export async function encodePng(image: Image): Promise<Blob> {
  const { width, height, channels, data } = image;
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, data instanceof Uint16Array ? 16 : 8);
  header.setUint8(9, COLOR_TYPES[channels]);
  const compressing = new CompressionStream('deflate');
  const [pieces] = await Promise.all([collect(compressing.readable), write(image, compressing.writable)]);
  const parts = [
    ...chunk('IHDR', new Uint8Array(header.buffer)),
    ...pieces.flatMap((piece) => chunk('IDAT', piece)),
    ...chunk('IEND', new Uint8Array(0)),
  ];
  return new Blob([SIGNATURE, ...parts], { type: 'image/png' });
}

async function write(image: Image, stream: WritableStream<BufferSource>): Promise<void> {
  const writer = stream.getWriter();
  const rows = Math.max(1, Math.floor(STEP / (image.width * image.channels)));
  for (let row = 0; row < image.height; row += rows) {
    await writer.write(filterRows(image, row, Math.min(rows, image.height - row)));
    await letPageBreathe();
  }
  await writer.close();
}

async function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const reader = stream.getReader();
  for (let next = await reader.read(); next.value !== undefined; next = await reader.read()) {
    pieces.push(next.value);
  }
  return pieces;
}

/** Length, type, content, checksum of type and content. */
function chunk(type: string, content: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const body = new Uint8Array(4 + content.length);
  body.set(Uint8Array.from(type, (letter) => letter.charCodeAt(0)));
  body.set(content, 4);
  return [bigEndian(content.length), body, bigEndian(crc32(body))];
}

function bigEndian(value: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value);
  return new Uint8Array(view.buffer);
}
