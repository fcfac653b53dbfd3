import { createRandomSource } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import type { FloatImage } from '../degradation/float-image';
import { addGaussianNoise } from './gaussian-noise';
import { addPoissonNoise } from './poisson-noise';

const [width, height] = [100, 80];
const pixels = width * height;

function picture(at: (pixel: number, channel: number) => number): FloatImage {
  const data = Float32Array.from({ length: pixels * 3 }, (_, i) => at(Math.floor(i / 3), i % 3));
  return { data, width, height, channels: 3 };
}

/** What was added, channel by channel. */
function added(before: FloatImage, after: FloatImage, channel: number): number[] {
  return Array.from({ length: pixels }, (_, pixel) => {
    const at = pixel * 3 + channel;
    return (after.data[at] ?? 0) - (before.data[at] ?? 0);
  });
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = mean(a.map((value, i) => (value - meanA) * ((b[i] ?? 0) - meanB)));
  return covariance / Math.sqrt(variance(a) * variance(b));
}

// Five standard errors of a variance and of a correlation over this many pixels.
const relativeBound = 5 * Math.sqrt(2 / pixels);
const correlationBound = 5 / Math.sqrt(pixels);

const gray = picture(() => 0.5);
const kinds = [
  [
    'Gaussian',
    (image: FloatImage, g: boolean) => addGaussianNoise(image, createRandomSource(3), { sigma: 10, gray: g }),
  ],
  [
    'Poisson',
    (image: FloatImage, g: boolean) => addPoissonNoise(image, createRandomSource(3), { scale: 0.4, gray: g }),
  ],
] as const;

describe.each(kinds)('%s noise', (_, add) => {
  // 256 levels, so that noise is fine; all middling, so that nothing is clamped.
  const varied = picture((pixel, channel) => (96 + ((pixel * 7 + channel * 31) % 64)) / 255);

  it('is independent between channels, or the same in all', () => {
    const colour = add(varied, false);
    const mono = add(varied, true);
    const [red, green] = [added(varied, colour, 0), added(varied, colour, 1)];
    expect(Math.abs(correlation(red, green))).toBeLessThan(correlationBound);
    const [same, asWell] = [added(varied, mono, 0), added(varied, mono, 2)];
    expect(variance(same)).toBeGreaterThan(0);
    // Single precision.
    for (const [i, value] of same.entries()) expect(value).toBeCloseTo(asWell[i] ?? 0, 6);
  });

  it('keeps to [0, 1]', () => {
    const extremes = picture((pixel) => pixel % 2);
    const { data } = add(extremes, false);
    expect(data.every((sample) => sample >= 0 && sample <= 1)).toBe(true);
  });

  it('repeats itself', () => {
    expect(add(varied, false)).toEqual(add(varied, false));
  });
});

describe('Gaussian noise', () => {
  it('has the σ asked for, in levels', () => {
    const noisy = addGaussianNoise(gray, createRandomSource(1), { sigma: 20, gray: false });
    const sigma2 = variance(added(gray, noisy, 1)) * 255 ** 2;
    expect(Math.abs(sigma2 / 400 - 1)).toBeLessThan(relativeBound);
  });
});

describe('Poisson noise', () => {
  it('has the variance x/n · scale², n the levels rounded up to a power of two', () => {
    // Three levels, so n = 4; the middle one at 102/255 = 0.4.
    const image = picture((pixel) => [0.2, 0.4, 0.6][pixel % 3] ?? 0);
    const noisy = addPoissonNoise(image, createRandomSource(2), { scale: 0.3, gray: false });
    const middle = added(image, noisy, 0).filter((_, pixel) => pixel % 3 === 1);
    const expected = (0.4 / 4) * 0.3 ** 2;
    // The fourth central moment of a Poisson distribution is λ + 3λ²; here λ = 1.6.
    const bound = 5 * Math.sqrt((1.6 + 2 * 1.6 ** 2) / 1.6 ** 2 / middle.length);
    expect(Math.abs(variance(middle) / expected - 1)).toBeLessThan(bound);
  });

  it('in gray counts the levels of the picture in gray', () => {
    // Gray 0.2989·1 + 0.587·0 + 0.114·0 = 76 levels everywhere: n = 1, so the noise is in whole units.
    const red = picture((_, channel) => (channel === 0 ? 1 : 0));
    const noisy = addPoissonNoise(red, createRandomSource(4), { scale: 0.5, gray: true });
    const blue = added(red, noisy, 2);
    const steps = new Set(blue.map((value) => Math.round(((value + 1e-6) * 255) / 0.5)));
    // Below 0 it is clamped; above: 0.5·(1 − 76/255), and 1, at which it is clamped again.
    expect([...steps].sort((a, b) => a - b).slice(0, 2)).toEqual([0, 179]);
  });
});
