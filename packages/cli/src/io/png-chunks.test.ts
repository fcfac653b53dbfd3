import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { asSharp, testImage } from '../testing/images';
import { crc32 } from './crc32';
import { withMetadataChunks } from './png-chunks';

function chunksOf(png: Uint8Array) {
  const buffer = Buffer.from(png);
  const chunks: { type: string; data: Buffer; sound: boolean }[] = [];
  for (let start = 8; start < buffer.length; ) {
    const end = start + 8 + buffer.readUInt32BE(start);
    chunks.push({
      type: buffer.toString('latin1', start + 4, start + 8),
      data: buffer.subarray(start + 8, end),
      sound: buffer.readUInt32BE(end) === crc32(buffer.subarray(start + 4, end)),
    });
    start = end + 4;
  }
  return chunks;
}

describe('withMetadataChunks', () => {
  it('puts sound chunks between the header and the pixels', async () => {
    const png = await asSharp(testImage()).png().toBuffer();
    const metadata = { icc: new Uint8Array([1, 2, 3]), exif: new Uint8Array([4, 5]), xmp: '<ä/>' };
    const chunks = chunksOf(withMetadataChunks(png, metadata));
    expect(chunks.slice(0, 4).map(({ type }) => type)).toEqual(['IHDR', 'iCCP', 'eXIf', 'iTXt']);
    expect(chunks.every(({ sound }) => sound)).toBe(true);
    expect(inflateSync(chunks[1]?.data.subarray(5) ?? '')).toEqual(Buffer.from(metadata.icc));
    expect(chunks[2]?.data).toEqual(Buffer.from(metadata.exif));
    expect(chunks[3]?.data.toString('utf8')).toBe('XML:com.adobe.xmp\0\0\0\0\0<ä/>');
  });

  it('adds none for what there is not', async () => {
    const png = await asSharp(testImage()).png().toBuffer();
    expect(withMetadataChunks(png, {})).toEqual(png);
  });
});
