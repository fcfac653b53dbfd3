import { OptionError } from '@diffir/core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../tools/shared';
import {
  cropToMultiple,
  type EightBitImage,
  type FloatImage,
  toEightBit,
  toFloatImage,
} from '../degradation/float-image';
import { imresize } from './imresize';

const row = (...data: number[]): FloatImage => ({
  data: Float32Array.from(data),
  width: data.length,
  height: 1,
  channels: 1,
});

describe('imresize', () => {
  it('weighs by the stretched kernel: a single bright sample', () => {
    const kernel = (t: number) =>
      t <= 1 ? 1.5 * t ** 3 - 2.5 * t ** 2 + 1 : -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2;
    const { data } = imresize(row(0, 0, 0, 0, 1, 0, 0, 0, 0, 0), 0.5);
    // The results' centres lie at 0.5, 2.5, 4.5 …; half their distances from the sample at 4:
    for (const [i, t] of [1.75, 0.75, 0.25, 1.25].entries()) expect(data[i]).toBeCloseTo(kernel(t) / 2, 6);
    expect(data[4]).toBe(0);
  });

  it('keeps a flat picture flat, and its size to ⌈length · scale⌉', () => {
    const flat: EightBitImage = {
      data: new Uint8Array(13 * 7 * 3).fill(200),
      width: 13,
      height: 7,
      channels: 3,
    };
    for (const scale of [0.25, 0.3, 1 / 3, 1, 2, 2.7]) {
      const { data, width, height } = imresize(flat, scale);
      expect([width, height]).toEqual([Math.ceil(13 * scale), Math.ceil(7 * scale)]);
      expect(data.every((level) => level === 200)).toBe(true);
    }
  });

  it('continues the picture by its mirror image, however far the kernel reaches', () => {
    const short = imresize(row(1, 2, 3), 0.25);
    expect(short.width).toBe(1);
    const continued = Array.from({ length: 54 }, (_, i) => [1, 2, 3, 3, 2, 1][i % 6] ?? 0);
    // Its centre lies at 1.5, and that of the seventh result of the long row at 24 + 1.5.
    expect(short.data[0]).toBeCloseTo(imresize(row(...continued), 0.25).data[6] ?? Number.NaN, 6);
  });

  it('leaves a picture alone at scale 1', () => {
    const image = row(0.1, 0.9, 0.3, 0.4);
    expect(imresize(image, 1)).toEqual(image);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a scale of %s', (scale) => {
    expect(() => imresize(row(1, 2), scale)).toThrow(OptionError);
  });
});

describeShared('imresize, held to MATLAB', () => {
  const load = async (...path: string[]): Promise<EightBitImage> => {
    const pipeline = sharp(sharedPath('data', 'set5', ...path))
      .removeAlpha()
      .toColourspace('srgb');
    const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
    return { data: new Uint8Array(data), width: info.width, height: info.height, channels: 3 };
  };

  it.each(['baby', 'bird', 'butterfly', 'head', 'woman'])(
    'shrinks %s to a quarter bit for bit',
    async (name) => {
      const { data, ...size } = cropToMultiple(await load('HR', `${name}.png`), 4);
      if (!(data instanceof Uint8Array)) expect.fail('8-bit images are read');
      expect(imresize({ ...size, data }, 0.25)).toEqual(await load('LR_bicubic_x4', `${name}x4.png`));
    },
  );

  it.each(['baby', 'bird', 'butterfly', 'head', 'woman'])('enlarges %s four times', async (name) => {
    // The reference was made in floats: rounded once, in the end.
    const small = toFloatImage(await load('LR_bicubic_x4', `${name}x4.png`));
    const { data } = toEightBit(imresize(small, 4));
    const expected = (await load('bicubic_x4', `${name}_bicubic_x4.png`)).data;
    const differences = data.map((level, i) => Math.abs(level - (expected[i] ?? 0)));
    // Values halfway between two levels go either way.
    expect(differences.reduce((most, difference) => Math.max(most, difference), 0)).toBeLessThanOrEqual(1);
  });
});
