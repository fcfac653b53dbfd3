import type { Image } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { augmentImage, drawAugmentation } from './augment-image';

/** Two rows of three pixels: abc, def, two channels as a code and its double. */
const image: Image = {
  data: Uint8Array.from([1, 2, 3, 4, 5, 6].flatMap((code) => [code, 2 * code])),
  width: 3,
  height: 2,
  channels: 2,
};
const plain = { hflip: false, vflip: false, transpose: false };
const codes = ({ data }: Image) => [...data].filter((_, index) => index % 2 === 0).join('');

describe('augmentation', () => {
  it.each([
    [plain, '123456'],
    [{ ...plain, hflip: true }, '321654'],
    [{ ...plain, vflip: true }, '456123'],
    [{ ...plain, transpose: true }, '142536'],
    [{ hflip: true, vflip: false, transpose: true }, '362514'],
    [{ hflip: false, vflip: true, transpose: true }, '415263'],
  ])('%o', (augmentation, expected) => {
    const result = augmentImage(image, augmentation);
    expect(codes(result)).toBe(expected);
    expect([result.width, result.height]).toEqual(augmentation.transpose ? [2, 3] : [3, 2]);
    expect(result.data[1]).toBe(2 * (result.data[0] ?? 0));
  });

  it('draws as often whatever is allowed', () => {
    let drawn = 0;
    const random = () => {
      drawn++;
      return 0;
    };
    expect(drawAugmentation(random)).toEqual({ hflip: true, vflip: true, transpose: true });
    const none = drawAugmentation(random, { hflip: false, vflip: false, rot90: false });
    expect(none).toEqual(plain);
    expect(drawn).toBe(6);
  });
});
