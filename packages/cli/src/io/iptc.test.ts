import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { asSharp, testImage } from '../testing/images';
import { editBytes } from './byte-edits';
import { readerOf } from './byte-reader';
import { iptcRecord, iptcSegments } from './iptc';

/** Keyword "beach": record 2, data set 25. */
const record = Buffer.from('\x1c\x02\x19\x00\x05beach', 'latin1');
const jpeg = () =>
  asSharp(testImage())
    .withExif({ IFD0: { Artist: 'Somebody' } })
    .jpeg()
    .toBuffer();
const withIptc = (file: Uint8Array, iptc: Uint8Array) => editBytes(file, iptcSegments(readerOf(file), iptc));
const iptcOf = async (file: Uint8Array) => (await sharp(file).metadata()).iptc ?? Buffer.alloc(0);

describe('iptcSegments', () => {
  it('writes what other readers find, behind the EXIF', async () => {
    const file = withIptc(await jpeg(), record);
    const { exif, iptc, width } = await sharp(file, { failOn: 'warning' }).metadata();
    expect([iptc?.includes('beach'), exif?.includes('Somebody'), width]).toEqual([true, true, 24]);
    await expect(sharp(file, { failOn: 'warning' }).stats()).resolves.toBeDefined();
  });

  it('cuts a record into segments where one cannot hold it', async () => {
    const long = Buffer.concat([record, Buffer.alloc(70_000, 7)]);
    const file = withIptc(await jpeg(), long);
    expect(file.length - (await jpeg()).length).toBe(12 + long.length + 2 * (4 + 14));
    await expect(sharp(file, { failOn: 'warning' }).stats()).resolves.toBeDefined();
  });
});

describe('iptcRecord', () => {
  it('takes the record out of what surrounds it in JPEG', async () => {
    expect(iptcRecord(await iptcOf(withIptc(await jpeg(), record)))).toEqual(record);
    const named = Buffer.from('Photoshop 3.0\x008BIM\x04\x22\x03abc\0\0\0\x03xyz\0', 'latin1');
    const own = Buffer.from('8BIM\x04\x04\0\0\0\0\0\x0a', 'latin1');
    expect(iptcRecord(Buffer.concat([named, own, record]))).toEqual(record);
  });

  it('takes a bare record as it is', () => {
    expect(iptcRecord(record)).toEqual(record);
  });

  it('finds none where there is none, or it is cut short', async () => {
    const whole = await iptcOf(withIptc(await jpeg(), record));
    expect(iptcRecord(new Uint8Array(0))).toBeUndefined();
    for (let length = 0; length < whole.length - 1; length++) {
      expect(iptcRecord(whole.subarray(0, length))).toBeUndefined();
    }
  });
});
