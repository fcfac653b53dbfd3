import { deflateSync } from 'node:zlib';
import { crc32 } from './crc32';
import type { PhotoMetadata } from './photo';

/** Signature and IHDR: what stands before any other chunk. */
const HEADER_BYTES = 8 + 25;

/**
 * A PNG file with metadata written into it. Sharp attaches metadata only to images that it has read with
 * them, so pixels that come from elsewhere travel to the encoder in a PNG that carries them.
 */
export function withMetadataChunks(png: Uint8Array, { icc, exif, xmp }: PhotoMetadata): Uint8Array {
  const chunks = [
    ...(icc ? [pngChunk('iCCP', latin1('icc\0\0'), deflateSync(icc))] : []),
    ...(exif ? [pngChunk('eXIf', exif)] : []),
    ...(xmp ? [pngChunk('iTXt', latin1('XML:com.adobe.xmp\0\0\0\0\0'), new TextEncoder().encode(xmp))] : []),
  ];
  return Buffer.concat([png.subarray(0, HEADER_BYTES), ...chunks, png.subarray(HEADER_BYTES)]);
}

/** A chunk of a PNG file, with its length and checksum. */
export function pngChunk(type: string, ...data: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat([latin1(type), ...data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - 4);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
