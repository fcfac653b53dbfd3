import type { BlurKernel } from '@diffir/core';
import { createRandomSource, OptionError } from '@diffir/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convolveMirrored } from '../degradation/convolution';
import type { FloatImage } from '../degradation/float-image';
import {
  blurByCameraShake,
  drawCameraShakeKernel,
  drawCameraShakePath,
  type PathPoint,
} from './camera-shake';

const seeds = fc.integer();

function lengthOf(path: readonly PathPoint[]): number {
  const distance = (from: PathPoint, to: PathPoint) => Math.hypot(to.x - from.x, to.y - from.y);
  return path.slice(1).reduce((sum, point, index) => sum + distance(path[index] ?? point, point), 0);
}

type Moment = (point: PathPoint) => number;

/** Mean over the kernel's samples, by weight, measured from the middle one. */
function kernelMean({ size, weights }: BlurKernel, moment: Moment): number {
  const middle = (size - 1) / 2;
  return weights.reduce((sum, weight, index) => {
    const point = { x: (index % size) - middle, y: Math.floor(index / size) - middle };
    return sum + weight * moment(point);
  }, 0);
}

function pathMean(path: readonly PathPoint[], moment: Moment): number {
  return path.reduce((sum, point) => sum + moment(point), 0) / path.length;
}

describe('drawCameraShakePath', () => {
  it('has 64 points, a length within the range and its centroid at the origin', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const path = drawCameraShakePath(createRandomSource(seed));
        expect(path).toHaveLength(64);
        // 1e-9 allows for the rounding of 63 sums.
        expect(lengthOf(path)).toBeGreaterThanOrEqual(2 - 1e-9);
        expect(lengthOf(path)).toBeLessThanOrEqual(11 + 1e-9);
        expect(path.reduce((sum, { x }) => sum + x, 0)).toBeCloseTo(0, 9);
        expect(path.reduce((sum, { y }) => sum + y, 0)).toBeCloseTo(0, 9);
      }),
    );
  });

  it('takes its length from the whole range it is given', () => {
    const random = createRandomSource(1);
    const lengths = Array.from({ length: 100 }, () =>
      lengthOf(drawCameraShakePath(random, { minLength: 4, maxLength: 6 })),
    );
    // All hundred miss a tenth of the range with probability 0.9¹⁰⁰ < 3e-5.
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(4 - 1e-9);
    expect(Math.min(...lengths)).toBeLessThan(4.2);
    expect(Math.max(...lengths)).toBeGreaterThan(5.8);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(6 + 1e-9);
  });

  it('turns slowly: it curves, and no two steps differ sharply', () => {
    const path = drawCameraShakePath(createRandomSource(3));
    const directions = path.slice(1).map(({ x, y }, index) => {
      const from = path[index] ?? { x, y };
      return Math.atan2(y - from.y, x - from.x);
    });
    const turns = directions.slice(1).map((direction, index) => {
      const turn = direction - (directions[index] ?? direction);
      return Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)));
    });
    expect(Math.max(...turns)).toBeGreaterThan(0.001);
    // The rate after 63 changes has σ = √(0.12² + 63 · 0.03²) ≈ 0.27: a tenth of five σ.
    expect(Math.max(...turns)).toBeLessThan(0.135);
  });
});

describe('drawCameraShakeKernel', () => {
  it('is a 15 × 15 grid of non-negative samples that sum to 1', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { size, weights } = drawCameraShakeKernel(createRandomSource(seed));
        expect(size).toBe(15);
        expect(weights).toHaveLength(225);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  it("keeps the path's centroid, spread and direction", () => {
    // What splatting x over ⌊x⌋ and ⌊x⌋ + 1 adds to x², and what the smoothing does.
    const splatting = (x: number) => (x - Math.floor(x)) * (1 - x + Math.floor(x));
    const smoothing = (2 * Math.exp(-2)) / (1 + 2 * Math.exp(-2));
    fc.assert(
      fc.property(seeds, (seed) => {
        const kernel = drawCameraShakeKernel(createRandomSource(seed));
        const path = drawCameraShakePath(createRandomSource(seed));
        expect(kernelMean(kernel, ({ x }) => x)).toBeCloseTo(0, 9);
        expect(kernelMean(kernel, ({ y }) => y)).toBeCloseTo(0, 9);
        const spreadX = pathMean(path, ({ x }) => x * x + splatting(x)) + smoothing;
        const spreadY = pathMean(path, ({ y }) => y * y + splatting(y)) + smoothing;
        expect(kernelMean(kernel, ({ x }) => x * x)).toBeCloseTo(spreadX, 9);
        expect(kernelMean(kernel, ({ y }) => y * y)).toBeCloseTo(spreadY, 9);
        expect(kernelMean(kernel, ({ x, y }) => x * y)).toBeCloseTo(
          pathMean(path, ({ x, y }) => x * y),
          9,
        );
      }),
    );
  });

  it('smooths a path of no length to a 3 × 3 Gaussian of σ 0.5', () => {
    const { size, weights } = drawCameraShakeKernel(createRandomSource(1), {
      size: 5,
      minLength: 0,
      maxLength: 0,
    });
    const at = (x: number, y: number) => weights[(2 + y) * size + 2 + x] ?? Number.NaN;
    expect(at(1, 0) / at(0, 0)).toBeCloseTo(Math.exp(-2), 12);
    expect(at(1, 1) / at(0, 0)).toBeCloseTo(Math.exp(-4), 12);
    expect(at(2, 0)).toBe(0);
  });

  it('is decided by the random numbers alone', () => {
    expect(drawCameraShakeKernel(createRandomSource(7))).toEqual(
      drawCameraShakeKernel(createRandomSource(7)),
    );
    expect(drawCameraShakeKernel(createRandomSource(7))).not.toEqual(
      drawCameraShakeKernel(createRandomSource(8)),
    );
  });

  it.each([
    ['size', { size: 14 }],
    ['size', { size: 1 }],
    ['points', { points: 1 }],
    ['length', { minLength: -1 }],
    ['length', { minLength: 5, maxLength: 4 }],
    ['length', { maxLength: Number.NaN }],
    ['maxLength', { maxLength: 13 }],
  ])('refuses an impossible %s: %o', (subject, options) => {
    const draw = () => drawCameraShakeKernel(createRandomSource(1), options);
    expect(draw).toThrow(OptionError);
    expect(draw).toThrow(new RegExp(`^${subject}: `));
  });
});

describe('blurByCameraShake', () => {
  const [width, height] = [64, 48];
  const gray = (at: (x: number, y: number) => number): FloatImage => ({
    data: Float32Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))),
    width,
    height,
    channels: 1,
  });

  it('rounds the convolution by the first kernel drawn, where there is no noise', () => {
    const image = gray((x, y) => ((x * 7 + y * 13) % 32) / 31);
    const expected = convolveMirrored(image, drawCameraShakeKernel(createRandomSource(5))).data;
    const { data, ...size } = blurByCameraShake(image, createRandomSource(5), { maxNoise: 0 });
    expect(size).toEqual({ width, height, channels: 1 });
    expect(Array.from(data)).toEqual(Array.from(expected, (sample) => Math.round(255 * sample)));
  });

  it('adds noise of the given σ, in levels', () => {
    const { data } = blurByCameraShake(
      gray(() => 0.5),
      createRandomSource(2),
      { minNoise: 2, maxNoise: 2 },
    );
    const variance = data.reduce((sum, level) => sum + (level - 127.5) ** 2, 0) / data.length;
    // Rounding adds 1/12; five standard errors of a variance over width · height samples.
    expect(Math.abs(variance - (4 + 1 / 12))).toBeLessThan(5 * 4 * Math.sqrt(2 / (width * height)));
  });

  it('keeps noise within 0–255 and repeats itself by seed', () => {
    const image = gray((x) => (x < width / 2 ? 0 : 1));
    const { data } = blurByCameraShake(image, createRandomSource(4), { minNoise: 2.5 });
    // Away from the edge between the halves; six σ of the noise.
    const farFromEdge = (x: number) => Math.abs(x - width / 2) > 8;
    data.forEach((level, index) => {
      const x = index % width;
      if (farFromEdge(x)) expect(Math.abs(level - (x < width / 2 ? 0 : 255))).toBeLessThan(15);
    });
    expect(blurByCameraShake(image, createRandomSource(4), { minNoise: 2.5 }).data).toEqual(data);
  });

  it.each([{ minNoise: 3 }, { maxNoise: Number.POSITIVE_INFINITY }])('refuses noise of %o', (options) => {
    const black = gray(() => 0);
    expect(() => blurByCameraShake(black, createRandomSource(1), options)).toThrow(OptionError);
  });
});
