import { createRandomSource, ImageError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import type { EightBitImage } from '../degradation/float-image';
import { coverage, drawMask } from './draw-mask';
import { type MaskSettings, narrowMasks, trainingMasks, wideMasks } from './mask-settings';

const MASKS = 1000;

function masksOf(settings: MaskSettings, side: number, count = MASKS): EightBitImage[] {
  return Array.from({ length: count }, (_, seed) =>
    drawMask(createRandomSource(seed), { width: side, height: side }, settings),
  );
}

const onlyBoxes = { ...trainingMasks, boxProbability: 1 };
const onlyStrokes = { ...trainingMasks, boxProbability: 0 };

// Mean, standard deviation and quartiles of 1,500 to 20,000 masks, simulated with NumPy from the published
// description, by another rasteriser (the distance of every pixel).
const simulated = [
  [
    'strokes',
    onlyStrokes,
    256,
    { mean: 0.408, deviation: 0.1968, quartiles: [0.2545, 0.412, 0.5574], of: 8000 },
  ],
  [
    'boxes',
    onlyBoxes,
    256,
    { mean: 0.2474, deviation: 0.116, quartiles: [0.1567, 0.2488, 0.3331], of: 20_000 },
  ],
  [
    'both',
    trainingMasks,
    256,
    { mean: 0.33, deviation: 0.1839, quartiles: [0.1908, 0.3059, 0.4465], of: 8000 },
  ],
  [
    'narrow',
    narrowMasks,
    512,
    { mean: 0.2728, deviation: 0.1286, quartiles: [0.1656, 0.2816, 0.3849], of: 1500 },
  ],
  [
    'wide',
    wideMasks,
    512,
    { mean: 0.2643, deviation: 0.1344, quartiles: [0.1557, 0.2666, 0.3772], of: 2500 },
  ],
] as const;

describe.each(simulated)('masks of %s', (_, settings, side, expected) => {
  const masks = masksOf(settings, side);
  const covered = masks.map(coverage);

  it('cover as much as they should, and vary as much', () => {
    const mean = covered.reduce((sum, value) => sum + value, 0) / MASKS;
    // Five standard errors of a difference of means.
    const bound = 5 * expected.deviation * Math.sqrt(1 / MASKS + 1 / expected.of);
    expect(Math.abs(mean - expected.mean)).toBeLessThan(bound);
    const deviation = Math.sqrt(covered.reduce((sum, value) => sum + (value - mean) ** 2, 0) / MASKS);
    // The same of standard deviations, with the kurtosis of a normal distribution as the larger one.
    expect(Math.abs(deviation - expected.deviation)).toBeLessThan(bound / Math.SQRT2);
  });

  it('have the quartiles they should', () => {
    for (const [i, quartile] of expected.quartiles.entries()) {
      const share = (i + 1) / 4;
      const below = covered.filter((value) => value <= quartile).length / MASKS;
      const bound = 5 * Math.sqrt(share * (1 - share) * (1 / MASKS + 1 / expected.of));
      expect(Math.abs(below - share)).toBeLessThan(bound);
    }
  });

  it('are of one size, hold 0 and 255, and are never empty nor larger than allowed', () => {
    for (const { data, ...size } of masks.slice(0, 50)) {
      expect(size).toEqual({ width: side, height: side, channels: 1 });
      expect(data.every((value) => value === 0 || value === 255)).toBe(true);
    }
    expect(Math.min(...covered)).toBeGreaterThan(0);
    expect(Math.max(...covered)).toBeLessThanOrEqual(settings.mostCovered);
  });
});

describe('drawMask', () => {
  const size = { width: 256, height: 256 };

  it('is decided by the seed', () => {
    const draw = (seed: number) => drawMask(createRandomSource(seed), size).data;
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it.each([
    ['training', trainingMasks, 104, 209],
    ['narrow', narrowMasks, 24, 109],
    ['wide', wideMasks, 254, 459],
  ] as const)('draws segments of %s masks as thick and as long as it may', (_, settings, width, length) => {
    const single: MaskSettings = {
      ...settings,
      strokes: { ...settings.strokes, strokes: [1, 1], segments: [1, 1] },
      boxProbability: 0,
    };
    // Two of four directions are nearly upright; the picture is wide enough for all of them.
    const side = 2 * (width + length);
    const heights = masksOf(single, side, 80).map(({ data }) => {
      const [first, last] = [data.indexOf(255), data.lastIndexOf(255)];
      return Math.floor(last / side) - Math.floor(first / side) + 1;
    });
    expect(Math.max(...heights)).toBeLessThanOrEqual(width + length + 1);
    expect(Math.max(...heights)).toBeGreaterThan(0.8 * (width + length));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(5);
  });

  it('keeps boxes off the border and within their sides', () => {
    const single: MaskSettings = { ...onlyBoxes, boxes: { ...trainingMasks.boxes, boxes: [1, 1] } };
    const sides: number[] = [];
    const starts: number[] = [];
    for (const { data } of masksOf(single, 256, 2000)) {
      const first = data.indexOf(255);
      const last = data.lastIndexOf(255);
      const [left, top] = [first % 256, Math.floor(first / 256)];
      const [right, bottom] = [last % 256, Math.floor(last / 256)];
      sides.push(right - left + 1, bottom - top + 1);
      starts.push(left, top, 255 - right, 255 - bottom);
    }
    expect([Math.min(...sides), Math.max(...sides)]).toEqual([30, 150]);
    expect(Math.min(...starts)).toBe(10);
  });

  it('draws as many boxes as it may, and no more', () => {
    const four: MaskSettings = { ...onlyBoxes, boxes: { boxes: [4, 4], side: [30, 30], margin: 10 } };
    const most = Math.max(...masksOf(four, 256, 200).map(coverage));
    expect(most * 256 ** 2).toBe(4 * 900);
  });

  it('fits any shape of picture', () => {
    for (let seed = 0; seed < 40; seed++) {
      expect(drawMask(createRandomSource(seed), { width: 70, height: 300 }).data).toHaveLength(21_000);
    }
  });

  it('finds narrow masks for patches of 128×128, of which few cover little enough', () => {
    // Of this seed, a hundred tries do not suffice for one of them.
    const random = createRandomSource(13);
    for (let patch = 0; patch < 20; patch++) {
      expect(coverage(drawMask(random, { width: 128, height: 128 }, narrowMasks))).toBeLessThanOrEqual(0.5);
    }
  });

  it('refuses pictures that are too small', () => {
    const tiny = { width: 49, height: 300 };
    expect(() => drawMask(createRandomSource(1), tiny, onlyBoxes)).toThrow(ImageError);
    expect(() => drawMask(createRandomSource(1), { width: 4, height: 4 }, narrowMasks)).toThrow(ImageError);
  });
});
