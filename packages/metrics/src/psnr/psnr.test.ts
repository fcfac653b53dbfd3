import { readFile } from 'node:fs/promises';
import type { Image } from '@diffir/core';
import { ImageError, OptionError, toUnitRange } from '@diffir/core';
import { memory, type Tensor4D, tensor4d } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../tools/shared';
import { modCrop } from '../pixels/mod-crop';
import { startCpu } from '../testing/cpu';
import { randomImage } from '../testing/random-image';
import { set5, set5Pair } from '../testing/shared-images';
import { psnr } from './psnr';
import { psnrOfBatch } from './psnr-of-batch';

function constant(value: number, channels: 1 | 3 | 4 = 3): Image {
  return { data: new Uint8Array(20 * 20 * channels).fill(value), width: 20, height: 20, channels };
}

describe('psnr', () => {
  it('is 10·log10(255² / MSE)', () => {
    const { metric, value, settings } = psnr(constant(100), constant(110));
    expect(metric).toBe('psnr');
    expect(value).toBeCloseTo(10 * Math.log10((255 * 255) / 100), 10);
    expect(settings).toEqual({ channel: 'rgb', border: 0, samples: '8-bit' });
  });

  it('counts every sample once, whether images lie alike in memory or not', () => {
    const [a, b] = [randomImage(1), randomImage(2)];
    const alpha = ({ data, ...image }: Image): Image => {
      const samples = Array.from({ length: image.width * image.height * 4 }, (_, at) =>
        at % 4 === 3 ? 7 : (data[3 * Math.floor(at / 4) + (at % 4)] ?? 0),
      );
      return { ...image, data: Uint8Array.from(samples), channels: 4 };
    };
    const squares = Array.from(a.data, (value, at) => (value - (b.data[at] ?? 0)) ** 2);
    const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
    expect(psnr(a, b).value).toBeCloseTo(10 * Math.log10((255 * 255) / mean), 10);
    expect(psnr(alpha(a), b).value).toBeCloseTo(psnr(a, b).value, 10);
  });

  it('is infinite for equal images', () => {
    expect(psnr(randomImage(1), randomImage(1)).value).toBe(Number.POSITIVE_INFINITY);
  });

  it('measures luma with the weights of BT.601', () => {
    const red = (value: number): Image => {
      const data = Uint8Array.from({ length: 1200 }, (_, index) => (index % 3 === 0 ? value : 0));
      return { ...constant(0), data };
    };
    const { value } = psnr(red(0), red(255), { channel: 'y' });
    expect(value).toBeCloseTo(20 * Math.log10(255 / 65.481), 10);
  });

  it('leaves the border out', () => {
    const framed = constant(100);
    framed.data.fill(0, 0, 2 * 20 * 3);
    expect(psnr(constant(100), framed, { border: 2 }).value).toBe(Number.POSITIVE_INFINITY);
    expect(psnr(constant(100), framed, { border: 1 }).value).toBeLessThan(30);
  });

  it('rounds floats to 8 bits unless asked not to', () => {
    const float = (value: number): Image => ({ ...constant(0), data: new Float32Array(1200).fill(value) });
    expect(psnr(float(0.5), float(0.5005)).value).toBe(Number.POSITIVE_INFINITY);
    const { value } = psnr(float(0.5), float(0.5005), { samples: 'float' });
    expect(value).toBeCloseTo(20 * Math.log10(1 / 0.0005), 3);
  });

  it('counts 16 bits on the same scale', () => {
    const sixteen: Image = { ...constant(0), data: new Uint16Array(1200).fill(100 * 257) };
    expect(psnr(sixteen, constant(110)).value).toBe(psnr(constant(100), constant(110)).value);
  });

  it.each(['rgb', 'y'] as const)('takes gray as RGB with equal channels, compared in %s', (channel) => {
    const expected = psnr(constant(100), constant(110), { channel }).value;
    expect(psnr(constant(100, 1), constant(110), { channel }).value).toBeCloseTo(expected, 12);
    expect(psnr(constant(100), constant(110, 1), { channel }).value).toBeCloseTo(expected, 12);
  });

  it('does not compare alpha', () => {
    const transparent = constant(100, 4);
    for (let index = 3; index < 1600; index += 4) transparent.data[index] = 7;
    expect(psnr(constant(100, 4), transparent).value).toBe(Number.POSITIVE_INFINITY);
  });

  it('names sizes that differ, a border that leaves nothing, and one that is no number', () => {
    const larger = randomImage(1, { width: 41 });
    expect(() => psnr(randomImage(1), larger)).toThrow(/41×30 and its reference 40×30/);
    expect(() => psnr(randomImage(1), larger)).toThrow(ImageError);
    expect(() => psnr(constant(1), constant(1), { border: 10 })).toThrow(/nothing of 20×20 is left/);
    expect(() => psnr(constant(1), constant(1), { border: -1 })).toThrow(OptionError);
  });
});

describe('psnrOfBatch', () => {
  const tensorOf = (...images: Image[]): Tensor4D => {
    const { height = 0, width = 0, channels = 3 } = images[0] ?? {};
    const values = Float32Array.from(images.flatMap(({ data }) => [...toUnitRange(data)]));
    return tensor4d(values, [images.length, height, width, channels]);
  };

  it.each([{}, { channel: 'y', border: 3 }, { samples: 'float' }] as const)(
    'gives what psnr gives, with %o',
    async (options) => {
      const [a, b] = [
        [randomImage(1), randomImage(2)],
        [randomImage(3), randomImage(4)],
      ] as const;
      const backend = await startCpu();
      const before = memory().numTensors;
      const [x, y] = [tensorOf(...a), tensorOf(...b)];
      const scores = await psnrOfBatch(backend, x, y, options);
      x.dispose();
      y.dispose();
      expect(scores).toHaveLength(2);
      for (const [index, score] of scores.entries()) {
        const expected = psnr(a[index] ?? randomImage(0), b[index] ?? randomImage(0), options);
        expect(score.settings).toEqual(expected.settings);
        // Single precision.
        expect(score.value).toBeCloseTo(expected.value, 5);
      }
      expect(memory().numTensors).toBe(before);
    },
  );

  it('names shapes that differ', async () => {
    const [x, y] = [tensorOf(randomImage(1)), tensorOf(randomImage(1, { height: 29 }))];
    await expect(psnrOfBatch(await startCpu(), x, y)).rejects.toThrow(/\[1,29,40,3\]/);
    x.dispose();
    y.dispose();
  });
});

describeShared('psnr of Set5, upscaled by bicubic interpolation', () => {
  it.each(set5)('%s', async (name) => {
    const expected = JSON.parse(await readFile(sharedPath('data/metrics/expected.json'), 'utf8')).images[
      name
    ];
    const { gt, bicubic } = await set5Pair(name);
    const reference = modCrop(gt, 4);
    expect(psnr(reference, bicubic).value).toBeCloseTo(expected.psnr_rgb, 4);
    const { value } = psnr(reference, bicubic, { channel: 'y', border: 4 });
    expect(Math.abs(value - expected.psnr_y_crop4)).toBeLessThan(1e-4);
  });
});
