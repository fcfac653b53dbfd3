import { createRandomSource, type Degradation, type Image } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { cropImage } from './crop-image';
import { makeExample } from './make-example';
import { sharpenPatch } from './sharpen-patch';

/** Every sample says where it is: x, y and their sum. */
function map(width: number, height: number): Image {
  const data = Uint8Array.from({ length: 3 * width * height }, (_, index) => {
    const [x, y] = [Math.floor(index / 3) % width, Math.floor(index / 3 / width)];
    return [x, y, x + y][index % 3] ?? 0;
  });
  return { data, width, height, channels: 3 };
}

/** Takes every `scale`-th pixel. */
const thinning: Degradation = {
  id: 'thinning',
  description: 'tests',
  async degrade(image, _random, { scale = 1 } = {}) {
    const [width, height] = [Math.floor(image.width / scale), Math.floor(image.height / scale)];
    const data = Uint8Array.from({ length: 3 * width * height }, (_, index) => {
      const [x, y] = [Math.floor(index / 3) % width, Math.floor(index / 3 / width)];
      return image.data[3 * (y * scale * image.width + x * scale) + (index % 3)] ?? 0;
    });
    return { lq: { data, width, height, channels: 3 }, gt: image };
  },
};

const still = { hflip: false, vflip: false, rot90: false };

describe('an example', () => {
  it.each([0, 8, 100])('is degraded in place, with a margin of %i pixels', async (margin) => {
    const options = {
      patch: 16,
      scale: 4,
      margin,
      degradation: thinning,
      context: { scale: 4 },
      augmentation: still,
    };
    const corners = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const { lq, gt } = await makeExample(
        { name: 'map', gt: map(38, 27) },
        options,
        createRandomSource(seed),
      );
      expect([gt.width, gt.height, lq.width, lq.height]).toEqual([16, 16, 4, 4]);
      // The map says where the patch lies: GT is the map there, LQ every fourth of its pixels.
      const [x = 0, y = 0] = gt.data;
      const expected = cropImage(map(38, 27), { x, y, width: 16, height: 16 });
      expect(gt).toEqual(expected);
      expect(lq).toEqual((await thinning.degrade(expected, () => 0, { scale: 4 })).lq);
      corners.add(`${x},${y}`);
    }
    expect(corners.size).toBeGreaterThan(10);
  });

  it('keeps pairs together through crop and augmentation', async () => {
    const gt = map(40, 24);
    const { lq } = await thinning.degrade(gt, () => 0, { scale: 2 });
    for (let seed = 0; seed < 40; seed++) {
      const example = await makeExample(
        { name: 'map', gt, lq },
        { patch: 16, scale: 2 },
        createRandomSource(seed),
      );
      const rows = [0, 3, 7].map((place) => place * 8 + place);
      for (const place of rows) {
        const [x, y] = [place % 8, Math.floor(place / 8)];
        const low = example.lq.data.slice(3 * place, 3 * place + 2);
        const block = [0, 1].flatMap((dy) => [0, 1].map((dx) => 3 * ((2 * y + dy) * 16 + 2 * x + dx)));
        const found = block.map((start) => [...example.gt.data.slice(start, start + 2)].join());
        expect(found).toContain([...low].join());
      }
    }
  });

  it('has the sharpened patch beside GT where it is asked for, with what it depends on around it', async () => {
    const gt = map(120, 110);
    const draw = (options: { addSharpenedGt?: boolean }, lq?: Image) =>
      makeExample(
        { name: 'map', gt, ...(lq && { lq }) },
        { patch: 16, scale: 1, degradation: thinning, augmentation: still, ...options },
        createRandomSource(5),
      );
    for (const lq of [undefined, gt]) {
      const example = await draw({ addSharpenedGt: true }, lq);
      const [x = 0, y = 0] = example.gt.data;
      expect(example.sharpenedGt).toEqual(sharpenPatch(gt, { x, y, width: 16, height: 16 }));
      // Nothing else changes, nor what is drawn.
      const { sharpenedGt: _, ...rest } = example;
      expect(await draw({}, lq)).toEqual(rest);
    }
  });

  it('takes the sharpened picture of the recipe where it makes one, in place and turned like GT', async () => {
    const brighten = (image: Image): Image => ({ ...image, data: image.data.map((level) => level + 100) });
    const sharpening: Degradation = {
      ...thinning,
      degrade: async (image) => ({ lq: image, gt: image, sharpenedGt: brighten(image) }),
    };
    for (let seed = 0; seed < 10; seed++) {
      const { gt, sharpenedGt } = await makeExample(
        { name: 'map', gt: map(38, 27) },
        { patch: 16, scale: 1, margin: 3, degradation: sharpening, addSharpenedGt: true },
        createRandomSource(seed),
      );
      expect(sharpenedGt).toEqual(brighten(gt));
    }
  });

  it('refuses pictures that are too small, and pairs whose sizes disagree', async () => {
    const random = createRandomSource(0);
    const small = makeExample({ name: 'a.png', gt: map(15, 40) }, { patch: 16, scale: 1 }, random);
    await expect(small).rejects.toThrow('a.png: it is 15×40, smaller than the patch of 16×16');
    const pair = makeExample(
      { name: 'b.png', gt: map(40, 40), lq: map(20, 19) },
      { patch: 16, scale: 2 },
      random,
    );
    await expect(pair).rejects.toThrow('b.png: LQ is 20×19 and GT 40×40, which is not ×2');
  });
});
