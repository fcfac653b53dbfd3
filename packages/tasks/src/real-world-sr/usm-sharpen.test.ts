import { ImageError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import type { FloatImage } from '../degradation/float-image';
import { usmSharpen } from './usm-sharpen';

const [width, height] = [40, 32];

function picture(at: (x: number, y: number, channel: number) => number): FloatImage {
  const data = Float32Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return at(pixel % width, Math.floor(pixel / width), i % 3);
  });
  return { data, width, height, channels: 3 };
}

describe('usmSharpen', () => {
  it('sharpens an edge as Real-ESRGAN does', () => {
    const image = picture((x, y, c) => (x + y < 30 ? 0.2 : 0.7) + 0.01 * ((x * 3 + y * 5 + c) % 7));
    const { data } = usmSharpen(image);
    // By NumPy and PyTorch 1.13 in float64: Gaussian of 51 taps and σ = 0.3·(25 − 1) + 0.8 (OpenCV's rule for σ 0),
    // outer product, conv2d over reflect padding; the mask |residual|·255 > 10 alike. y, x, channel, value.
    for (const [y, x, channel, expected] of [
      [0, 0, 0, 0.18949248299411392],
      [14, 15, 1, 0.1367955981159938],
      [16, 14, 2, 0.8651327882824716],
      [15, 20, 0, 0.7787482371187451],
      [31, 39, 1, 0.6987229000494202],
      [5, 30, 2, 0.7963250319684371],
    ] as const) {
      expect(data[(y * width + x) * 3 + channel]).toBeCloseTo(expected, 6);
    }
    const mean = data.reduce((sum, sample) => sum + sample, 0) / data.length;
    expect(mean).toBeCloseTo(0.5459232896357347, 6);
  });

  it('leaves weak detail alone', () => {
    // Below 10 levels from any mean.
    const image = picture((x, y) => 0.5 + 0.03 * ((x + y) % 2));
    expect(usmSharpen(image)).toEqual(image);
    expect(usmSharpen(image, { threshold: 1 })).not.toEqual(image);
    expect(usmSharpen(image, { threshold: 1, weight: 0 })).toEqual(image);
  });

  it('stays within [0, 1]', () => {
    const { data } = usmSharpen(picture((x, y) => ((x >> 3) + (y >> 3)) % 2));
    expect(data.every((sample) => sample >= 0 && sample <= 1)).toBe(true);
  });

  it('refuses a picture smaller than its blur reaches', () => {
    const small: FloatImage = { data: new Float32Array(25 * 30), width: 25, height: 30, channels: 1 };
    expect(() => usmSharpen(small)).toThrow(ImageError);
  });
});
