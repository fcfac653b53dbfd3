import type { ByteEdit } from './byte-edits';
import type { ByteReader } from './byte-reader';

const SIGNATURE = Buffer.from('Photoshop 3.0\0', 'latin1');
const RESOURCE = Buffer.from('8BIM', 'latin1');
const IPTC_RESOURCE = 0x0404;
const RECORD_MARK = 0x1c;
/** What a JPEG segment holds beside its own length. */
const SEGMENT_BYTES = 0xffff - 2;

/**
 * The IPTC record (IIM) in what sharp gives as IPTC: the record itself from TIFF, Photoshop's resources
 * around it from JPEG. Undefined when there is none, or it is damaged.
 */
export function iptcRecord(data: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (bytes[0] === RECORD_MARK) return bytes;
  let at = bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE) ? SIGNATURE.length : 0;
  while (at + 12 <= bytes.length && bytes.subarray(at, at + 4).equals(RESOURCE)) {
    const id = bytes.readUInt16BE(at + 4);
    const name = even(1 + bytes.readUInt8(at + 6));
    const start = at + 6 + name + 4;
    if (start > bytes.length) return undefined;
    const end = start + bytes.readUInt32BE(start - 4);
    if (end > bytes.length) return undefined;
    if (id === IPTC_RESOURCE) return bytes.subarray(start, end);
    at = start + even(end - start);
  }
  return undefined;
}

/** Puts an IPTC record before a JPEG file's first segment that is neither JFIF, EXIF nor XMP. */
export function iptcSegments(jpeg: ByteReader, record: Uint8Array): readonly ByteEdit[] {
  const resource = Buffer.alloc(12 + even(record.length));
  RESOURCE.copy(resource);
  resource.writeUInt16BE(IPTC_RESOURCE, 4);
  resource.writeUInt32BE(record.length, 8);
  resource.set(record, 12);
  const room = SEGMENT_BYTES - SIGNATURE.length;
  const segments = Array.from({ length: Math.ceil(resource.length / room) }, (_, index) => {
    const part = resource.subarray(index * room, (index + 1) * room);
    const head = Buffer.from([0xff, 0xed, 0, 0]);
    head.writeUInt16BE(2 + SIGNATURE.length + part.length, 2);
    return Buffer.concat([head, SIGNATURE, part]);
  });
  return [{ at: afterLeadingSegments(jpeg), replaced: 0, bytes: Buffer.concat(segments) }];
}

function afterLeadingSegments(jpeg: ByteReader): number {
  let at = 2;
  while (at + 4 <= jpeg.length) {
    const head = jpeg.read(at, 4);
    // APP0 and APP1.
    if ((head.readUInt16BE(0) & 0xfffe) !== 0xffe0) break;
    at += 2 + head.readUInt16BE(2);
  }
  return at;
}

function even(length: number): number {
  return length + (length % 2);
}
