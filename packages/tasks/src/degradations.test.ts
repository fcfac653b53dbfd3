import { createHash } from 'node:crypto';
import type { Degradation, DegradationContext, DegradedImage } from '@diffir/core';
import { createRandomSource, type Image, ImageError, OptionError, type TaskDefinition } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { tasksPlugin } from './plugin';
import { generalizedGaussianKernel } from './real-world-sr/gaussian-kernels';

const context: DegradationContext = {
  // Coarser levels stand in for coding.
  jpeg: async (image, quality) => ({
    ...image,
    data: image.data.map((level) => level - (level % (100 - quality))),
  }),
  kernels: [
    generalizedGaussianKernel({ size: 9, sigmaX: 2 }),
    generalizedGaussianKernel({ size: 9, sigmaX: 2, sigmaY: 0.5, angle: 1 }),
  ],
};

function photo(channels: Image['channels'], white: 255 | 65535 = 255): Image {
  const [width, height] = [131, 118];
  const values = Array.from({ length: width * height * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return Math.round((0.5 + 0.4 * Math.sin(x / 9 + (i % channels)) * Math.cos(y / 7)) * white);
  });
  const data = white === 255 ? Uint8Array.from(values) : Uint16Array.from(values);
  return { data, width, height, channels };
}

/** Stands for all bytes of an example. */
function digest({ lq, gt, sharpenedGt, mask }: DegradedImage): string[] {
  const images = [lq, gt, sharpenedGt, mask].filter((image) => image !== undefined);
  return images.map(({ data }) => createHash('sha256').update(data).digest('hex'));
}

const recipes = (tasksPlugin.tasks ?? []).flatMap((task: TaskDefinition) =>
  (task.degradations ?? []).map((recipe): [string, Degradation, TaskDefinition] => [
    `${task.id} ${recipe.id}`,
    recipe,
    task,
  ]),
);

it('every task has a recipe', () => {
  const without = (tasksPlugin.tasks ?? []).filter(({ degradations = [] }) => degradations.length === 0);
  expect(without).toEqual([]);
});

describe.each(recipes)('the recipe %s', (_, recipe, task) => {
  it('has an id that is its own, and a description', () => {
    expect(recipe.id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(recipe.description).toMatch(/^\S.*\S$/);
    expect(task.degradations?.filter(({ id }) => id === recipe.id)).toHaveLength(1);
  });

  it('gives the same bytes for the same seed, and others for another where it has chance', async () => {
    const degrade = async (seed: number) =>
      digest(await recipe.degrade(photo(3), createRandomSource(seed), context));
    const first = await degrade(1);
    expect(await degrade(1)).toEqual(first);
    if (recipe.id === 'bicubic') expect(await degrade(2)).toEqual(first);
    else expect(await degrade(2)).not.toEqual(first);
  });

  it.each([1, 3] as const)('takes %s channels of 8 and 16 bits, and gives 8', async (channels) => {
    for (const white of [255, 65535] as const) {
      const { lq, gt, sharpenedGt, mask } = await recipe.degrade(
        photo(channels, white),
        createRandomSource(3),
        context,
      );
      const scale = recipe.defaultScale ?? 1;
      expect(lq.data).toBeInstanceOf(Uint8Array);
      expect(lq.data).toHaveLength(lq.width * lq.height * channels);
      expect([lq.width, lq.height]).toEqual([Math.floor(131 / scale), Math.floor(118 / scale)]);
      expect([gt.width, gt.height]).toEqual([lq.width * scale, lq.height * scale]);
      if (sharpenedGt !== undefined)
        expect(sharpenedGt).toMatchObject({ width: gt.width, height: gt.height });
      expect(mask !== undefined).toBe(task.mask === 'required');
    }
  });

  it('leaves the picture it is given alone', async () => {
    const image = photo(3);
    await recipe.degrade(image, createRandomSource(4), context);
    expect(Buffer.from(image.data).equals(Buffer.from(photo(3).data))).toBe(true);
  });

  it('refuses alpha', async () => {
    const degrade = recipe.degrade(photo(4), createRandomSource(1), context);
    await expect(degrade).rejects.toThrow(ImageError);
    await expect(degrade).rejects.toThrow(/alpha/);
  });

  it('says what it needs', async () => {
    for (const need of recipe.needs ?? []) {
      const { [need]: _, ...rest } = context;
      const degrade = recipe.degrade(photo(3), createRandomSource(1), rest);
      await expect(degrade).rejects.toThrow(OptionError);
    }
  });

  it('takes another scale, if it has one', async () => {
    if (recipe.defaultScale === undefined) return;
    for (const scale of [1, 2, 3]) {
      const { lq, gt } = await recipe.degrade(photo(3), createRandomSource(1), { ...context, scale });
      expect([gt.width, gt.height]).toEqual([lq.width * scale, lq.height * scale]);
    }
    const wrong = recipe.degrade(photo(3), createRandomSource(1), { ...context, scale: 1.5 });
    await expect(wrong).rejects.toThrow(OptionError);
  });
});

describe('real-esrgan', () => {
  it('says how large a picture must be', async () => {
    const [, recipe] =
      recipes.find(([name]) => name === 'real-sr real-esrgan') ?? expect.fail('no such recipe');
    const square = (side: number): Image => ({
      data: new Uint8Array(side * side),
      width: side,
      height: side,
      channels: 1,
    });
    const degrade = (side: number, scale: number) =>
      recipe.degrade(square(side), createRandomSource(1), { ...context, scale });
    await expect(degrade(73, 1)).rejects.toThrow(/at least 74×74/);
    await expect(degrade(80, 8)).rejects.toThrow(/at least 88×88/);
    for (let seed = 0; seed < 40; seed++) {
      await recipe.degrade(square(76), createRandomSource(seed), context);
    }
  });
});
