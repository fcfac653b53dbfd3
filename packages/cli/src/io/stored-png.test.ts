import { crc32, inflateSync } from 'node:zlib';
import type { ImageSamples } from '@diffir/core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { testImage } from '../testing/images';
import { decodePhoto } from './decode-photo';
import type { PhotoMetadata } from './photo';
import { pixelRows } from './pixel-rows';
import { storedPng } from './stored-png';

async function pngOf(image: Parameters<typeof pixelRows>[0], metadata: PhotoMetadata = {}): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of storedPng(pixelRows(image), metadata)) pieces.push(piece);
  return Buffer.concat(pieces);
}

function chunksOf(png: Buffer) {
  const chunks: { type: string; data: Buffer; sound: boolean }[] = [];
  for (let start = 8; start < png.length; ) {
    const end = start + 8 + png.readUInt32BE(start);
    chunks.push({
      type: png.toString('latin1', start + 4, start + 8),
      data: png.subarray(start + 8, end),
      sound: png.readUInt32BE(end) === crc32(png.subarray(start + 4, end)),
    });
    start = end + 4;
  }
  return chunks;
}

describe('storedPng', () => {
  it('puts sound chunks between the header and the pixels', async () => {
    const metadata = { icc: new Uint8Array([1, 2, 3]), exif: new Uint8Array([4, 5]), xmp: '<ä/>' };
    const chunks = chunksOf(await pngOf(testImage(), metadata));
    const types = ['IHDR', 'iCCP', 'eXIf', 'iTXt', 'pHYs', 'IDAT', 'IEND'];
    expect([...new Set(chunks.map(({ type }) => type))]).toEqual(types);
    expect(chunks.every(({ sound }) => sound)).toBe(true);
    expect(inflateSync(chunks[1]?.data.subarray(5) ?? '')).toEqual(Buffer.from(metadata.icc));
    expect(chunks[2]?.data).toEqual(Buffer.from(metadata.exif));
    expect(chunks[3]?.data.toString('utf8')).toBe('XML:com.adobe.xmp\0\0\0\0\0<ä/>');
  });

  it.each([1, 2, 3, 4] as const)(
    'has the samples of %i channels as they are, in any number of pieces',
    async (channels) => {
      for (const sixteenBit of [false, true]) {
        for (const [width, height] of [
          [1, 1],
          [700, 900],
        ] as const) {
          const image = testImage({ width, height, channels, sixteenBit });
          const png = await pngOf(image);
          const { data, ...size } = (await decodePhoto(png, 'a')).image;
          expect({ ...size, data: [] }).toEqual({ ...image, data: [] });
          // Element by element would take ten times as long as all else.
          expect(data.constructor).toBe(image.data.constructor);
          expect(Buffer.compare(bytesOf(data), bytesOf(image.data))).toBe(0);
          await expect(sharp(png, { failOn: 'warning' }).stats()).resolves.toBeDefined();
        }
      }
    },
  );

  it('fails with the rows that it is made of', async () => {
    const rows = (async function* () {
      yield new Uint8Array(3);
      throw new TypeError('no more rows');
    })();
    const pieces = storedPng({ width: 1, height: 2, channels: 3, bits: 8, rows }, {});
    await expect(drain(pieces)).rejects.toThrow('no more rows');
  });
});

/** The bytes that samples take. */
function bytesOf({ buffer, byteOffset, byteLength }: ImageSamples): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function drain(pieces: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of pieces);
}
