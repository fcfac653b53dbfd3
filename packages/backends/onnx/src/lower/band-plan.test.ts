import { describe, expect, it } from 'vitest';
import type { TracedValue } from '../trace/traced-graph';
import { planBands, wholeImages } from './band-plan';

const image = (height: number, width: number, channels: number): TracedValue => ({
  shape: [1, height, width, channels],
  dtype: 'float32',
  origin: { kind: 'input', name: 'image' },
});

const boundaries = (bands: readonly { start: number; size: number }[]) => bands.map(({ start }) => start);

describe('band plans', () => {
  it('keep the widest tensor of a size within the bytes, in powers of two', () => {
    const bands = planBands([image(100, 10, 4), image(100, 10, 64)], 10 * 64 * 4 * 20)(100, 10);
    expect(bands.map(({ size }) => size)).toEqual([16, 16, 16, 16, 16, 16, 4]);
    expect(boundaries(bands)).toEqual([0, 16, 32, 48, 64, 80, 96]);
  });

  it('cut levels of a U-Net so that bands are made of whole bands', () => {
    const plan = planBands([image(192, 192, 96), image(96, 96, 192)], 2 ** 20);
    const [full, half] = [boundaries(plan(192, 192)), boundaries(plan(96, 96))];
    const finer = new Set(full.map((start) => start / 2));
    expect(half.every((start) => finer.has(start))).toBe(true);
    expect(half.length).toBeGreaterThan(1);
  });

  it('do not go below a few rows, and leave small images whole', () => {
    expect(planBands([image(8, 1000, 64)], 1)(8, 1000)).toHaveLength(2);
    expect(planBands([image(8, 8, 64)], 2 ** 20)(8, 8)).toEqual([{ start: 0, size: 8 }]);
    expect(wholeImages(5, 7)).toEqual([{ start: 0, size: 5 }]);
  });
});
