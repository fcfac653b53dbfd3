import { describe, expect, it } from 'vitest';
import { uprightExif, uprightXmp } from './exif';

/** A TIFF structure with one orientation entry and a second directory at 0x1a. */
function exifOf(orientation: number, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(32));
  view.setUint16(0, littleEndian ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, littleEndian);
  view.setUint32(4, 8, littleEndian);
  view.setUint16(8, 1, littleEndian);
  view.setUint16(10, 0x0112, littleEndian);
  view.setUint16(12, 3, littleEndian);
  view.setUint32(14, 1, littleEndian);
  view.setUint16(18, orientation, littleEndian);
  view.setUint32(22, 26, littleEndian);
  return new Uint8Array(view.buffer);
}

describe('uprightExif', () => {
  it.each([true, false])('sets orientation 1 and drops the thumbnail (little-endian: %s)', (littleEndian) => {
    const upright = uprightExif(exifOf(6, littleEndian));
    const view = new DataView(upright.buffer);
    expect(view.getUint16(18, littleEndian)).toBe(1);
    expect(view.getUint32(22, littleEndian)).toBe(0);
  });

  it('takes off the header that JPEG puts in front and leaves the input alone', () => {
    const bare = exifOf(6, true);
    const headed = new Uint8Array([...new TextEncoder().encode('Exif\0\0'), ...bare]);
    expect(uprightExif(headed)).toEqual(uprightExif(bare));
    expect(bare[18]).toBe(6);
  });

  it('reads a Node Buffer inside a larger one, and leaves that alone', () => {
    const bare = exifOf(6, true);
    const around = Buffer.concat([Buffer.alloc(20), Buffer.from('Exif\0\0'), bare]);
    expect(uprightExif(around.subarray(20))).toEqual(uprightExif(bare));
    expect(around.subarray(26)).toEqual(Buffer.from(bare));
  });

  it('lets damaged data pass', () => {
    const cut = exifOf(6, true).slice(0, 14);
    expect(uprightExif(cut)).toEqual(cut);
    expect(uprightExif(new Uint8Array([1, 2]))).toEqual(new Uint8Array([1, 2]));
  });
});

describe('uprightXmp', () => {
  it('resets the orientation in both of its spellings', () => {
    expect(uprightXmp('<a tiff:Orientation="6" b="6"/>')).toBe('<a tiff:Orientation="1" b="6"/>');
    expect(uprightXmp('<tiff:Orientation>8</tiff:Orientation>')).toBe(
      '<tiff:Orientation>1</tiff:Orientation>',
    );
  });
});
