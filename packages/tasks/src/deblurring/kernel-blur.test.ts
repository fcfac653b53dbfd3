import { createRandomSource, type Image, OptionError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { convolveMirrored } from '../degradation/convolution';
import { toEightBit, toFloatImage } from '../degradation/float-image';
import { generalizedGaussianKernel } from '../real-world-sr/gaussian-kernels';
import { kernelBlurDegradation } from './kernel-blur';

const photo: Image = {
  data: Uint8Array.from({ length: 60 * 40 * 3 }, (_, i) => (i * 37 + (i >> 5)) % 256),
  width: 60,
  height: 40,
  channels: 3,
};
const kernels = [1, 2, 3].map((sigmaX) => generalizedGaussianKernel({ size: 15, sigmaX }));
const blurred = kernels.map((kernel) => toEightBit(convolveMirrored(toFloatImage(photo), kernel)));

describe('kernelBlurDegradation', () => {
  it('blurs with one of the kernels, each as often as another', async () => {
    const { degrade } = kernelBlurDegradation({ maxNoise: 0 });
    const counts = [0, 0, 0];
    for (let seed = 0; seed < 90; seed++) {
      const { lq, gt } = await degrade(photo, createRandomSource(seed), { kernels });
      expect(gt).toBe(photo);
      const which = blurred.findIndex(({ data }) => data.every((level, i) => level === lq.data[i]));
      counts[which] = (counts[which] ?? Number.NaN) + 1;
    }
    // Five standard errors of a third of 90.
    for (const count of counts) expect(Math.abs(count - 30)).toBeLessThan(5 * Math.sqrt(20));
  });

  it('adds noise of the given σ', async () => {
    const [kernel] = kernels;
    if (kernel === undefined) expect.fail('no kernel');
    const gray: Image = { ...photo, data: new Uint8Array(photo.data.length).fill(128) };
    const { degrade } = kernelBlurDegradation({ minNoise: 2, maxNoise: 2 });
    const { lq } = await degrade(gray, createRandomSource(1), { kernels: [kernel] });
    const { data } = lq;
    let variance = 0;
    for (const level of data) variance += (level - 128) ** 2 / data.length;
    // Rounding adds 1/12; five standard errors of a variance.
    expect(Math.abs(variance - (4 + 1 / 12))).toBeLessThan(5 * 4 * Math.sqrt(2 / data.length));
  });

  it('refuses to work without kernels', async () => {
    const degrade = kernelBlurDegradation().degrade(photo, createRandomSource(1), { kernels: [] });
    await expect(degrade).rejects.toThrow(OptionError);
  });
});
