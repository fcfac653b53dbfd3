import type { Image, Span } from '@diffir/core';
import { createRandomSource } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { blendedSteps, measureSeams } from './seam-metric';

const side = 64;

function picture(sample: (x: number, y: number) => number): Image {
  const data = Float32Array.from({ length: side * side }, (_, index) =>
    sample(index % side, Math.floor(index / side)),
  );
  return { data, width: side, height: side, channels: 1 };
}

function noise(seed: number): Image {
  const random = createRandomSource(seed);
  return picture(() => random());
}

const plus = (image: Image, more: (x: number, y: number) => number) =>
  picture((x, y) => (image.data[y * side + x] ?? 0) + more(x, y));

const twoTiles: readonly Span[] = [
  { start: 0, size: 40 },
  { start: 24, size: 40 },
];
const oneTile: readonly Span[] = [{ start: 0, size: side }];

describe('measureSeams', () => {
  const whole = noise(1);

  it('is about 1 where tiles differ from the whole everywhere alike', () => {
    const more = noise(2);
    const tiled = plus(whole, (x, y) => 0.1 * (more.data[y * side + x] ?? 0));
    const { difference, edges } = measureSeams({ tiled, whole, rows: twoTiles, columns: twoTiles });
    // 1,000 and 7,000 squares of differences of noise: their means spread by some percent.
    expect(difference).toBeGreaterThan(0.85);
    expect(difference).toBeLessThan(1.15);
    expect(edges).toBeGreaterThan(0.95);
    expect(edges).toBeLessThan(1.1);
  });

  it.each([
    ['column', oneTile, twoTiles, (x: number) => x],
    ['row', twoTiles, oneTile, (_: number, y: number) => y],
  ])('sees a step across a %s', (_, rows, columns, along) => {
    const more = noise(2);
    const stepped = (x: number, y: number) =>
      0.001 * (more.data[y * side + x] ?? 0) + (along(x, y) >= 32 ? 2 : 0);
    const tiled = plus(whole, stepped);
    const { difference, edges, largestStep } = measureSeams({ tiled, whole, rows, columns });
    expect(difference).toBeGreaterThan(100);
    // The step of 2, give or take the noise.
    expect(Math.abs(largestStep - 2)).toBeLessThan(0.002);
    expect(edges).toBeGreaterThan(1.5);
  });

  it('looks only where it is told to', () => {
    const more = noise(2);
    const stepped = (x: number, y: number) =>
      0.001 * (more.data[y * side + x] ?? 0) + (x >= 32 && y < 32 ? 2 : 0);
    const options = { tiled: plus(whole, stepped), whole, rows: oneTile, columns: twoTiles };
    expect(measureSeams({ ...options, counts: (_, y) => y >= 32 }).difference).toBeLessThan(1.5);
    expect(measureSeams({ ...options, counts: (_, y) => y < 32 }).difference).toBeGreaterThan(100);
  });
});

describe('blendedSteps', () => {
  it('are the steps that involve a pixel of two tiles, or of the other tile', () => {
    expect([...blendedSteps(twoTiles)]).toEqual(Array.from({ length: 17 }, (_, index) => 23 + index));
    expect([...blendedSteps([oneTile[0] ?? { start: 0, size: 0 }])]).toEqual([]);
  });

  it('are the one between tiles that only touch', () => {
    expect([
      ...blendedSteps([
        { start: 0, size: 8 },
        { start: 8, size: 8 },
      ]),
    ]).toEqual([7]);
  });
});
