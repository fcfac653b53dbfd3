import { ImageError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { cropToMultiple, toEightBit, toFloatImage, toLevel } from './float-image';

const size = { width: 3, height: 1, channels: 1 } as const;

describe('toFloatImage', () => {
  it('divides by what is white', () => {
    const of = (data: Uint8Array | Uint16Array) => [...toFloatImage({ ...size, data }).data];
    const expected = [0, 1 / 5, 1].map(Math.fround);
    expect(of(Uint8Array.of(0, 51, 255))).toEqual(expected);
    expect(of(Uint16Array.of(0, 13107, 65535))).toEqual(expected);
  });

  it('refuses alpha', () => {
    const data = new Uint8Array(4);
    expect(() => toFloatImage({ data, width: 1, height: 1, channels: 4 })).toThrow(ImageError);
    expect(() => toFloatImage({ data, width: 2, height: 1, channels: 2 })).toThrow(/alpha/);
  });
});

describe('toEightBit', () => {
  it('rounds to the nearest level, halves up, and clamps', () => {
    expect([0.49, 0.5, 1.5, 254.5, 255.4, 300, -3, Number.NaN].map(toLevel)).toEqual([
      0, 1, 2, 255, 255, 255, 0, 0,
    ]);
    const { data } = toEightBit({ ...size, data: Float32Array.of(-0.1, 0.2, 1.1) });
    expect([...data]).toEqual([0, 51, 255]);
  });
});

describe('cropToMultiple', () => {
  const image = {
    data: Uint8Array.from({ length: 30 }, (_, i) => i),
    width: 5,
    height: 3,
    channels: 1,
  } as const;

  it('cuts rows and columns off at the bottom and right', () => {
    const picture = { ...image, data: image.data.subarray(0, 15) };
    expect(cropToMultiple(picture, 2)).toEqual({
      data: Uint8Array.of(0, 1, 2, 3, 5, 6, 7, 8),
      width: 4,
      height: 2,
      channels: 1,
    });
    expect(cropToMultiple(picture, 1)).toBe(picture);
  });

  it('keeps pixels together', () => {
    const { data } = cropToMultiple({ ...image, width: 5, height: 2, channels: 3 }, 2);
    expect([...data.slice(9)]).toEqual([9, 10, 11, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26]);
  });

  it('refuses an image smaller than the scale', () => {
    expect(() => cropToMultiple({ ...image, data: image.data.subarray(0, 15) }, 4)).toThrow(ImageError);
  });
});
