import { readFile } from 'node:fs/promises';
import { type Image, ImageError, toUnitRange } from '@diffir/core';
import { memory, tensor4d } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../tools/shared';
import { modCrop } from '../pixels/mod-crop';
import { planesOf } from '../pixels/planes';
import { startCpu } from '../testing/cpu';
import { randomImage } from '../testing/random-image';
import { set5, set5Pair } from '../testing/shared-images';
import { ssim } from './ssim';
import { ssimOfBatch } from './ssim-of-batch';

/** Equation 13 of the paper, position by position with the full two-dimensional window. */
function directSsim(a: Image, b: Image): number {
  const settings = { channel: 'y', border: 0, samples: '8-bit' } as const;
  const [x = new Float64Array()] = planesOf(a, settings).planes;
  const [y = new Float64Array()] = planesOf(b, settings).planes;
  const window: { dx: number; dy: number; weight: number }[] = [];
  for (let dy = -5; dy <= 5; dy++) {
    for (let dx = -5; dx <= 5; dx++) window.push({ dx, dy, weight: Math.exp(-(dx * dx + dy * dy) / 4.5) });
  }
  const total = window.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  let count = 0;
  for (let row = 5; row < a.height - 5; row++) {
    for (let column = 5; column < a.width - 5; column++, count++) {
      const average = (value: (at: number) => number) =>
        window.reduce(
          (acc, { dx, dy, weight }) => acc + weight * value((row + dy) * a.width + column + dx),
          0,
        ) / total;
      const [u, v] = [average((at) => x[at] ?? 0), average((at) => y[at] ?? 0)];
      const varianceX = average((at) => ((x[at] ?? 0) - u) ** 2);
      const varianceY = average((at) => ((y[at] ?? 0) - v) ** 2);
      const covariance = average((at) => ((x[at] ?? 0) - u) * ((y[at] ?? 0) - v));
      sum +=
        ((2 * u * v + 6.5025) * (2 * covariance + 58.5225)) /
        ((u * u + v * v + 6.5025) * (varianceX + varianceY + 58.5225));
    }
  }
  return sum / count;
}

describe('ssim', () => {
  it('is equation 13 of the paper', () => {
    // More than a strip of columns, and more rows than are kept at a time.
    const size = { width: 83, height: 71 };
    const [a, b] = [randomImage(1, size), randomImage(2, size)];
    const { value, settings } = ssim(a, b, { channel: 'y' });
    expect(value).toBeCloseTo(directSsim(a, b), 12);
    expect(settings).toMatchObject({
      channel: 'y',
      border: 0,
      window: '11×11 Gaussian, σ 1.5, valid region',
    });
  });

  it('of RGB is the mean of the channels', () => {
    const [a, b] = [randomImage(1), randomImage(2)];
    const only = (image: Image, channel: number): Image => ({
      ...image,
      channels: 1,
      data: Uint8Array.from({ length: 1200 }, (_, pixel) => image.data[pixel * 3 + channel] ?? 0),
    });
    const channels = [0, 1, 2].map((channel) => ssim(only(a, channel), only(b, channel)).value);
    expect(ssim(a, b).value).toBeCloseTo(channels.reduce((sum, value) => sum + value, 0) / 3, 12);
  });

  it('is 1 for equal images', () => {
    expect(ssim(randomImage(1), randomImage(1)).value).toBeCloseTo(1, 12);
  });

  it('leaves the border out', () => {
    const a = randomImage(1);
    const framed: Image = { ...a, data: Uint8Array.from(a.data).fill(255, 0, 4 * 40 * 3) };
    expect(ssim(a, framed, { border: 4 }).value).toBeCloseTo(1, 12);
    expect(ssim(a, framed, { border: 3 }).value).toBeLessThan(0.995);
  });

  it('names sizes that differ or have no place for the window', () => {
    expect(() => ssim(randomImage(1), randomImage(1, { width: 41 }))).toThrow(ImageError);
    expect(() => ssim(randomImage(1), randomImage(2), { border: 10 })).toThrow(/20×10 compared pixels/);
  });
});

describe('ssimOfBatch', () => {
  it.each([{}, { channel: 'y', border: 3 }, { samples: 'float' }] as const)(
    'gives what ssim gives, with %o',
    async (options) => {
      const images = [randomImage(1), randomImage(2)];
      const others = [randomImage(3), randomImage(1)];
      const backend = await startCpu();
      const before = memory().numTensors;
      const [x, y] = [images, others].map((batch) => {
        const values = batch.flatMap(({ data }) => [...toUnitRange(data)]);
        return tensor4d(values, [2, 30, 40, 3]);
      });
      if (x === undefined || y === undefined) throw new Error('two batches were made');
      const scores = await ssimOfBatch(backend, x, y, options);
      x.dispose();
      y.dispose();
      for (const [index, image] of images.entries()) {
        const expected = ssim(image, others[index] ?? image, options);
        expect(scores[index]?.settings).toEqual(expected.settings);
        // Single precision.
        expect(scores[index]?.value).toBeCloseTo(expected.value, 5);
      }
      expect(memory().numTensors).toBe(before);
    },
  );
});

describeShared('ssim of Set5, upscaled by bicubic interpolation', () => {
  it.each(set5)('%s', async (name) => {
    const expected = JSON.parse(await readFile(sharedPath('data/metrics/expected.json'), 'utf8')).images[
      name
    ];
    const { gt, bicubic } = await set5Pair(name);
    const reference = modCrop(gt, 4);
    expect(Math.abs(ssim(reference, bicubic).value - expected.ssim_rgb)).toBeLessThan(1e-5);
    const { value } = ssim(reference, bicubic, { channel: 'y', border: 4 });
    expect(Math.abs(value - expected.ssim_y_crop4)).toBeLessThan(1e-5);
  });
});
