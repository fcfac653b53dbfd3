import type { BlurKernel } from '@diffir/core';
import { ImageError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { convolveMirrored } from './convolution';
import type { FloatImage } from './float-image';

/** A kernel whose only sample brings in the pixel at (+dx, +dy). */
function shift(size: number, dx: number, dy: number): BlurKernel {
  const middle = (size - 1) / 2;
  const weights = new Float64Array(size * size);
  weights[(middle + dy) * size + middle + dx] = 1;
  return { size, weights };
}

/** Sample value = 100·y + 10·x + channel: every sample tells where it came from. */
function numbered(width: number, height: number, channels: 1 | 2 | 3 | 4): FloatImage {
  const data = Float32Array.from({ length: width * height * channels }, (_, index) => {
    const pixel = Math.floor(index / channels);
    return 100 * Math.floor(pixel / width) + 10 * (pixel % width) + (index % channels);
  });
  return { data, width, height, channels };
}

function kernelOf(size: number, weigh: (x: number, y: number) => number): BlurKernel {
  const middle = (size - 1) / 2;
  const weights = Float64Array.from({ length: size * size }, (_, index) =>
    weigh((index % size) - middle, Math.floor(index / size) - middle),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { size, weights: weights.map((weight) => weight / sum) };
}

/** The convolution at one place, in the second channel, as it is defined. */
function directSum(image: FloatImage, { size, weights }: BlurKernel, at: { x: number; y: number }): number {
  const middle = (size - 1) / 2;
  const inside = (index: number, length: number) => {
    const mirrored = Math.abs(index);
    return mirrored < length ? mirrored : 2 * (length - 1) - mirrored;
  };
  return weights.reduce((sum, weight, index) => {
    const x = inside(at.x + (index % size) - middle, image.width);
    const y = inside(at.y + Math.floor(index / size) - middle, image.height);
    return sum + weight * (image.data[(y * image.width + x) * image.channels + 1] ?? 0);
  }, 0);
}

describe('convolveMirrored', () => {
  it('leaves an image alone under a single sample in the middle', () => {
    const image = numbered(5, 4, 3);
    expect(convolveMirrored(image, shift(3, 0, 0))).toEqual(image);
  });

  it('mirrors about the outermost pixel without repeating it', () => {
    const row: FloatImage = { data: Float32Array.of(0, 1, 2, 3), width: 4, height: 1, channels: 1 };
    const image = { ...row, data: Float32Array.of(...row.data, ...row.data, ...row.data), height: 3 };
    const rowOf = (dx: number) => Array.from(convolveMirrored(image, shift(5, dx, 0)).data.subarray(0, 4));
    expect(rowOf(-2)).toEqual([2, 1, 0, 1]);
    expect(rowOf(2)).toEqual([2, 3, 2, 1]);
  });

  it('mirrors top and bottom the same way, each channel by itself', () => {
    const { data } = convolveMirrored(numbered(3, 4, 3), shift(5, 0, -2));
    const rows = [2, 1, 0, 1];
    expect(data).toEqual(
      Float32Array.from(
        rows.flatMap((y) => [0, 1, 2].flatMap((x) => [0, 1, 2].map((c) => 100 * y + 10 * x + c))),
      ),
    );
  });

  it('weighs the samples of the kernel', () => {
    const image: FloatImage = {
      data: Float32Array.of(0, 0, 4, 0, 0, 0, 0, 0, 0),
      width: 3,
      height: 3,
      channels: 1,
    };
    const kernel = { size: 3, weights: Float64Array.of(0, 0, 0, 0, 0.25, 0.75, 0, 0, 0) };
    expect(Array.from(convolveMirrored(image, kernel).data)).toEqual([0, 3, 1, 0, 0, 0, 0, 0, 0]);
  });

  it('adds up all samples of large kernels, whatever their symmetry, near borders too', () => {
    const image = numbered(23, 17, 3);
    const gaussian = (x: number, y: number) => Math.exp(-(x * x) / 9 - (y * y) / 20);
    const uneven = (x: number, y: number) => gaussian(x + y / 2, y) * (1 + 0.1 * x);
    const alikeHalves = (x: number, y: number) => (20 + x) / (1 + x * x + (y * y) / 4);
    for (const weigh of [gaussian, uneven, alikeHalves]) {
      const kernel = kernelOf(21, weigh);
      const { data } = convolveMirrored(image, kernel);
      for (const [x, y] of [
        [0, 0],
        [22, 16],
        [11, 8],
        [3, 15],
      ] as const) {
        // Single precision holds seven digits; the values reach 1800.
        expect(data[(y * 23 + x) * 3 + 1]).toBeCloseTo(directSum(image, kernel, { x, y }), 2);
      }
    }
  });

  it('refuses alpha and images the kernel reaches over', () => {
    expect(() => convolveMirrored(numbered(9, 9, 4), shift(3, 0, 0))).toThrow(ImageError);
    expect(() => convolveMirrored(numbered(2, 9, 3), shift(5, 0, 0))).toThrow(ImageError);
    expect(() => convolveMirrored(numbered(3, 3, 3), shift(5, 0, 0))).not.toThrow();
  });
});
