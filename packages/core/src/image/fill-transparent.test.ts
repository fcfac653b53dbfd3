import { describe, expect, it } from 'vitest';
import { fillTransparent } from './fill-transparent';
import type { Image } from './image';

/** Gray and alpha from a drawing: a digit is a visible level, a dot is hidden and holds 99. */
function draw(...rows: readonly string[]): Image {
  const pixels = rows
    .join('')
    .split('')
    .flatMap((sign) => (sign === '.' ? [99, 0] : [Number(sign), 200]));
  return { data: Uint8Array.from(pixels), width: rows[0]?.length ?? 0, height: rows.length, channels: 2 };
}

/** The gray levels, row by row. */
function levels({ data, width, height }: Image): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => data[(y * width + x) * 2]).join(''),
  );
}

describe('fillTransparent', () => {
  it('gives hidden pixels the colour of the nearest visible ones, on all sides', () => {
    expect(levels(fillTransparent(draw('1....', '.....', '.....', '.....', '....2')))).toEqual([
      expect.stringMatching(/^1111/),
      expect.stringMatching(/^111.2$/),
      expect.stringMatching(/^11.22$/),
      expect.stringMatching(/^1.222$/),
      expect.stringMatching(/2222$/),
    ]);
    expect(levels(fillTransparent(draw('...', '.5.', '...')))).toEqual(['555', '555', '555']);
    expect(levels(fillTransparent(draw('..7')))).toEqual(['777']);
    expect(levels(fillTransparent(draw('.', '.', '3', '.')))).toEqual(['3', '3', '3', '3']);
  });

  it('keeps visible colour, alpha, and the image it was given', () => {
    const image = draw('1.2', '.4.');
    const before = image.data.slice();
    const { data } = fillTransparent(image);
    expect(image.data).toEqual(before);
    before.forEach((value, index) => {
      if (index % 2 === 1 || before[index + 1] !== 0) expect(data[index]).toBe(value);
    });
  });

  it('fills all colours of 16-bit and float images', () => {
    const deep = Uint16Array.of(1000, 2000, 3000, 65535, 0, 0, 0, 0);
    const image = { data: deep, width: 2, height: 1, channels: 4 } as const;
    expect([...fillTransparent(image).data]).toEqual([1000, 2000, 3000, 65535, 1000, 2000, 3000, 0]);
    const float = { ...image, data: Float32Array.of(0.5, 0.25, 0, 0.125, 1, 1, 1, 0) };
    expect([...fillTransparent(float).data]).toEqual([0.5, 0.25, 0, 0.125, 0.5, 0.25, 0, 0]);
  });

  it('hands back images in which there is nothing to fill', () => {
    for (const image of [draw('12', '34'), draw('..', '..')]) expect(fillTransparent(image)).toBe(image);
    const rgb = { data: new Uint8Array(3), width: 1, height: 1, channels: 3 } as const;
    expect(fillTransparent(rgb)).toBe(rgb);
  });
});
