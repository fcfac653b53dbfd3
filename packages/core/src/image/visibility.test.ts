import { describe, expect, it } from 'vitest';
import { imageSource } from './image-rows';
import { visibilityOf } from './visibility';

describe('visibilityOf', () => {
  it.each([
    { alpha: [255, 255], is: 'all' },
    { alpha: [1, 200], is: 'all' },
    { alpha: [0, 0], is: 'none' },
    { alpha: [0, 255], is: 'some' },
    { alpha: [1, 0], is: 'some' },
  ])(
    'finds $is of the pixels visible where alpha is $alpha',
    async ({ alpha: [first = 0, second = 0], is }) => {
      const image = { data: Uint8Array.of(0, first, 0, second), width: 2, height: 1, channels: 2 } as const;
      expect(await visibilityOf(imageSource(image))).toBe(is);
    },
  );

  it('finds all of them visible where there is no alpha channel, without reading any', async () => {
    const read = () => Promise.reject(new TypeError('read'));
    expect(await visibilityOf({ width: 1, height: 1, channels: 3, bits: 8, read })).toBe('all');
  });

  it.each([
    { first: 0, last: 0, is: 'none' },
    { first: 9, last: 9, is: 'all' },
    { first: 0, last: 9, is: 'some' },
    { first: 9, last: 0, is: 'some' },
  ])(
    'looks at all of a picture that is read in several bands: $first to $last',
    async ({ first, last, is }) => {
      const size = { width: 2 ** 19, height: 4, channels: 2, bits: 8 } as const;
      const read = (row: number, count: number) =>
        new Uint8Array(count * size.width * 2).fill(row < 3 ? first : last);
      expect(await visibilityOf({ ...size, read })).toBe(is);
    },
  );
});
