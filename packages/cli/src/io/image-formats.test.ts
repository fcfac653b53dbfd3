import { describe, expect, it } from 'vitest';
import { formatOfName, hasImageExtension } from './image-formats';

describe('formatOfName', () => {
  it.each([
    ['a.png', 'png'],
    ['a.v2.JPG', 'jpeg'],
    ['folder.d/a.jfif', 'jpeg'],
    ['a.tif', 'tiff'],
    ['a.webp', 'webp'],
    ['a.avif', 'avif'],
    ['a.gif', undefined],
    ['png', undefined],
  ])('%s is %s', (name, format) => {
    expect(formatOfName(name)).toBe(format);
  });
});

describe('hasImageExtension', () => {
  it('accepts GIF, which is read but not written, and refuses other files', () => {
    expect(hasImageExtension('a.GIF')).toBe(true);
    expect(hasImageExtension('a.txt')).toBe(false);
    expect(hasImageExtension('.png')).toBe(false);
  });
});
