import { createRandomSource, type Image } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { convolveMirrored } from '../degradation/convolution';
import { type FloatImage, toEightBit } from '../degradation/float-image';
import type { RealEsrganPlan } from './draw-plan';
import { generalizedGaussianKernel } from './gaussian-kernels';
import { interpolate } from './interpolate';
import { runRealEsrganPlan } from './run-plan';

const [width, height] = [96, 80];
const picture: FloatImage = {
  data: Float32Array.from({ length: width * height * 3 }, (_, i) => 0.5 + 0.3 * Math.sin(i / 50)),
  width,
  height,
  channels: 3,
};

/** Nothing but resizing: noise of no strength. */
const pass = {
  scale: 1,
  mode: 'area',
  noise: { kind: 'gaussian', sigma: 0, gray: false },
  jpegQuality: 50,
} as const;
const plan: RealEsrganPlan = {
  first: { ...pass, scale: 0.507, jpegQuality: 31 },
  second: { ...pass, scale: 1.1, jpegQuality: 82 },
  final: { mode: 'bilinear', beforeJpeg: true },
};

/** Runs a plan, with a codec that notes what it is given. */
async function run(plan: RealEsrganPlan, scale = 4) {
  const coded: { size: string; quality: number }[] = [];
  const jpeg = async (image: Image, quality: number) => {
    expect(image.data).toBeInstanceOf(Uint8Array);
    coded.push({ size: `${image.width}×${image.height}`, quality });
    return image;
  };
  const lq = await runRealEsrganPlan(picture, plan, { random: createRandomSource(1), jpeg, scale });
  return { lq, coded };
}

describe('runRealEsrganPlan', () => {
  it('codes the first pass at its rounded size, and the second as given: after the last resizing …', async () => {
    const { lq, coded } = await run(plan);
    expect(coded).toEqual([
      { size: '48×40', quality: 31 },
      { size: '24×20', quality: 82 },
    ]);
    expect(lq).toMatchObject({ width: 24, height: 20, channels: 3 });
  });

  it('… or before it', async () => {
    const { lq, coded } = await run({ ...plan, final: { ...plan.final, beforeJpeg: false } });
    expect(coded[1]).toEqual({ size: '26×22', quality: 82 });
    expect(lq).toMatchObject({ width: 24, height: 20 });
  });

  it('blurs first, then resizes; each of the three kernels is used', async () => {
    const kernel = generalizedGaussianKernel({ size: 9, sigmaX: 2 });
    const still = { ...pass, scale: 1 };
    const bare: RealEsrganPlan = { first: still, second: still, final: { mode: 'area', beforeJpeg: true } };
    const { lq: plain } = await run(bare, 1);
    expect(plain).toEqual(toEightBit(picture));
    const blurred = toEightBit(convolveMirrored(picture, kernel));
    expect((await run({ ...bare, first: { ...still, kernel } }, 1)).lq).toEqual(blurred);
    // JPEG has rounded the picture to 8 bits before the other two.
    for (const later of [{ second: { ...still, kernel } }, { final: { ...bare.final, kernel } }]) {
      const { lq } = await run({ ...bare, ...later }, 1);
      expect(lq).not.toEqual(plain);
      const far = lq.data.filter((level, i) => Math.abs(level - (blurred.data[i] ?? 0)) > 1);
      expect(far).toHaveLength(0);
    }
    const { lq } = await run({ ...bare, first: { ...still, kernel, scale: 0.5 } });
    const small = interpolate(convolveMirrored(picture, kernel), { width: 48, height: 40 }, 'area');
    const again = interpolate(small, { width: 24, height: 20 }, 'area');
    const off = toEightBit(again).data.filter((level, i) => Math.abs(level - (lq.data[i] ?? 0)) > 1);
    expect(off).toHaveLength(0);
  });

  it('adds the noise of either kind', async () => {
    const { lq: clean } = await run(plan);
    for (const noise of [
      { kind: 'gaussian', sigma: 20, gray: false },
      { kind: 'poisson', scale: 2, gray: true },
    ] as const) {
      expect((await run({ ...plan, first: { ...plan.first, noise } })).lq).not.toEqual(clean);
      expect((await run({ ...plan, second: { ...plan.second, noise } })).lq).not.toEqual(clean);
    }
  });
});
