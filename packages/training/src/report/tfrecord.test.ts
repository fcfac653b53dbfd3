import { describe, expect, it } from 'vitest';
import { crc32c } from './crc32c';
import { toRecord } from './tfrecord';

describe('crc32c', () => {
  // RFC 3720, appendix B.4.
  it.each([
    ['32 zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['counting up', Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
    ['"123456789"', new TextEncoder().encode('123456789'), 0xe3069283],
  ])('%s', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});

describe('a TFRecord', () => {
  it('frames data by its length and two checksums', () => {
    const data = Uint8Array.from({ length: 24 }, (_, index) => index);
    const record = toRecord(data);
    // How event files of TensorFlow begin: their first event is 24 bytes long.
    expect(Buffer.from(record.subarray(0, 12)).toString('hex')).toBe('1800000000000000a37f4b22');
    expect(record.subarray(12, 36)).toEqual(data);
    expect(record).toHaveLength(40);
    // The last four bytes sum the data alone: other data, other sum; the length's stays.
    const other = toRecord(data.map((byte) => byte + 1));
    expect(other.subarray(0, 12)).toEqual(record.subarray(0, 12));
    expect(other.subarray(36)).not.toEqual(record.subarray(36));
  });
});
