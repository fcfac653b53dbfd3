import { crc32c } from './crc32c';

/** What a checksum is shifted by, so that data which hold checksums are summed well too. */
const MASK = 0xa282ead8;

/**
 * One record of a TFRecord file: its length (64 bits), the length's masked CRC-32C, the data and theirs, all
 * little-endian.
 */
export function toRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(data.length + 16);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc(record.subarray(0, 8)), true);
  record.set(data, 12);
  view.setUint32(12 + data.length, maskedCrc(data), true);
  return record;
}

function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + MASK) >>> 0;
}
