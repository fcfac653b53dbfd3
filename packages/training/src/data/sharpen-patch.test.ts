import { type Image, ImageError } from '@diffir/core';
import { usmSharpen } from '@diffir/tasks';
import { describe, expect, it } from 'vitest';
import { cropImage } from './crop-image';
import { sharpenPatch } from './sharpen-patch';

/** Checks of 9×13 pixels on a texture that wraps around: edges and weak detail. */
function picture(width: number, height: number): Image {
  const data = Uint8Array.from({ length: 3 * width * height }, (_, index) => {
    const pixel = Math.floor(index / 3);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const check = Math.floor(x / 9) % 2 === Math.floor(y / 13) % 2 ? 120 : 0;
    return (x * x + 3 * y + 40 * (index % 3) + check) % 256;
  });
  return { data, width, height, channels: 3 };
}

const patch = { x: 64, y: 56, width: 16, height: 16 };

describe('sharpenPatch', () => {
  it('gives the patch of the picture as Real-ESRGAN sharpens it', () => {
    const { data, width, height } = sharpenPatch(picture(150, 140), patch);
    expect([width, height]).toEqual([16, 16]);
    // The whole picture by NumPy and PyTorch 1.13 in float64: Gaussian of 51 taps and σ = 0.3·(25 − 1) + 0.8,
    // outer product, conv2d over reflect padding; the mask |residual|·255 > 10 alike. y, x, channel, value.
    for (const [y, x, channel, expected] of [
      [0, 0, 0, 0.7413979538099097],
      [0, 15, 1, 0.7449538840412746],
      [7, 8, 2, 0.9044366547560071],
      [15, 0, 1, 0.4436321397242261],
      [15, 15, 0, 0.06817384424618816],
    ] as const) {
      expect(data[(y * 16 + x) * 3 + channel]).toBeCloseTo(expected, 6);
    }
    const mean = [...data].reduce((sum, sample) => sum + sample, 0) / data.length;
    expect(mean).toBeCloseTo(0.5070451813491267, 6);
  });

  it.each([
    ['in the middle', patch],
    ['in a corner', { ...patch, x: 134, y: 0 }],
    ['at an edge', { ...patch, x: 40, y: 121 }],
  ])('is what sharpening all of the picture gives, %s', (_, box) => {
    const whole = picture(150, 140);
    const levels = Float32Array.from(whole.data, (level) => level / 255);
    const expected = cropImage(usmSharpen({ ...whole, data: levels }), box);
    expect(sharpenPatch(whole, box)).toEqual(expected);
  });

  it('looks as far as sharpening does', () => {
    // The line at column 35 is detail of 10.02 levels, seen from column 60 at the rim of the mask's blur; the
    // line at column 10, at the rim of the picture's blur there, takes 0.05 of them and so leaves it unsharpened.
    const row = Float32Array.from({ length: 120 }, (_, x) =>
      x === 35 ? 0.54138 : x === 10 || x > 60 ? 1 : 0.5,
    );
    const rows = Array.from({ length: 60 }, () => [...row]).flat();
    const whole = { data: Float32Array.from(rows), width: 120, height: 60, channels: 1 } as const;
    const box = { x: 60, y: 8, width: 16, height: 16 };
    const expected = cropImage(usmSharpen(whole), box);
    expect(sharpenPatch(whole, box)).toEqual(expected);
    const without = {
      ...whole,
      data: whole.data.map((sample, index) => (index % 120 === 10 ? 0.5 : sample)),
    };
    expect(sharpenPatch(without, box)).not.toEqual(expected);
  });

  it('takes pictures smaller than its surroundings, down to what the blur reaches', () => {
    expect(sharpenPatch(picture(26, 26), { x: 2, y: 4, width: 16, height: 16 }).data).toHaveLength(768);
    expect(() => sharpenPatch(picture(25, 26), { x: 2, y: 4, width: 16, height: 16 })).toThrow(ImageError);
  });
});
