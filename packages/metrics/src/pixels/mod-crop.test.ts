import { type Image, OptionError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { modCrop } from './mod-crop';

const image: Image = {
  data: Uint8Array.from({ length: 5 * 3 * 2 }, (_, index) => index),
  width: 5,
  height: 3,
  channels: 2,
};

describe('modCrop', () => {
  it('cuts off what is over at the right and bottom', () => {
    expect(modCrop(image, 2)).toEqual({
      data: Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17]),
      width: 4,
      height: 2,
      channels: 2,
    });
  });

  it('gives the image itself where nothing is over', () => {
    expect(modCrop(image, 1)).toBe(image);
  });

  it.each([0, 1.5, 4])('refuses %d', (multiple) => {
    expect(() => modCrop(image, multiple)).toThrow(OptionError);
  });
});
