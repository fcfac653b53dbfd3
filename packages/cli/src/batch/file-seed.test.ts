import { describe, expect, it } from 'vitest';
import { fileSeed } from './file-seed';

describe('fileSeed', () => {
  it('is the FNV-1a hash of seed and place', () => {
    // The published test vector: FNV-1a 32 of "foobar" is bf9cf968; here the text is "0/a".
    expect(fileSeed(0, 'a')).toBe(hash('0/a'));
    expect(hash('foobar')).toBe(0xbf9cf968);
  });

  it('differs by seed and by place, and is the same on every system', () => {
    expect(fileSeed(0, 'a.png')).not.toBe(fileSeed(1, 'a.png'));
    expect(fileSeed(0, 'a.png')).not.toBe(fileSeed(0, 'b.png'));
    expect(fileSeed(3, 'sub\\a.png')).toBe(fileSeed(3, 'sub/a.png'));
    expect(fileSeed(3, 'e\u0301.png')).toBe(fileSeed(3, '\u00e9.png'));
  });
});

/** FNV-1a in big integers. */
function hash(text: string): number {
  let value = 0x811c9dc5n;
  for (const byte of Buffer.from(text)) value = ((value ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn;
  return Number(value);
}
