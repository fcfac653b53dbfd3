import type { Image } from '@diffir/core';
import { deblurring, inpainting, superResolution } from '@diffir/tasks';
import { describe, expect, it } from 'vitest';
import { restorationScore } from './restoration-score';

const picture = (width: number, level: (pixel: number, channel: number) => number): Image => ({
  width,
  height: width,
  channels: 3,
  data: Uint8Array.from({ length: width * width * 3 }, (_, i) => level(Math.floor(i / 3), i % 3)),
});
const gray = picture(10, () => 100);

describe('restorationScore', () => {
  it('of inpainting looks into the hole alone', () => {
    const { description, restored, input } = restorationScore(inpainting, 1);
    const mask = { width: 10, height: 10, channels: 1, data: new Uint8Array(100).fill(255, 0, 5) } as const;
    const filled = picture(10, (pixel) => (pixel < 5 ? 110 : 200));
    const pictures = { lq: gray, gt: gray, mask };
    expect(description).toBe('PSNR in the hole');
    expect(restored(pictures, filled)).toBeCloseTo(20 * Math.log10(255 / 10), 10);
    expect(input(pictures)).toBeUndefined();
    const whole = { ...mask, data: new Uint8Array(100) };
    expect(() => restored({ ...pictures, mask: whole }, filled)).toThrow('a mask has no hole');
  });

  it('of super-resolution takes the luma without a rim as wide as the scale', () => {
    const { description, restored, input } = restorationScore(superResolution, 4);
    const rim = picture(10, (pixel) => (pixel < 40 ? 0 : 101));
    expect(description).toBe('PSNR on Y, border 4');
    const one = 219 / 255;
    // One level of gray is 219/255 levels of luma, rounded as MATLAB does not: to within a level.
    expect(Math.abs(restored({ lq: gray, gt: gray }, rim) - 20 * Math.log10(255 / one))).toBeLessThan(0.01);
    expect(input({ lq: picture(2, () => 0), gt: gray })).toBeUndefined();
  });

  it('of deblurring takes RGB whole, of LQ too', () => {
    const { description, restored, input } = restorationScore(deblurring, 1);
    const blurred = picture(10, (pixel) => (pixel < 10 ? 110 : 100));
    const expected = 20 * Math.log10(255 / Math.sqrt(10));
    expect(description).toBe('PSNR');
    expect(restored({ lq: blurred, gt: gray }, blurred)).toBeCloseTo(expected, 10);
    expect(input({ lq: blurred, gt: gray })).toBeCloseTo(expected, 10);
  });
});
