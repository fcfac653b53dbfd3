import { describe, expect, it } from 'vitest';
import { enlargeAlpha } from './enlarge-alpha';
import type { Image, ImageSamples } from './image';

/** Gray with alpha; the gray is a decoy. */
function withAlpha(alpha: ImageSamples, width: number): Image {
  const data = repeatEach(alpha);
  for (let gray = 0; gray < data.length; gray += 2) data[gray] = 0.5;
  return { data, width, height: alpha.length / width, channels: 2 };
}

function repeatEach(samples: ImageSamples): ImageSamples {
  const twice = (_: unknown, index: number) => samples[index >> 1] ?? 0;
  const length = { length: samples.length * 2 };
  if (samples instanceof Uint8Array) return Uint8Array.from(length, twice);
  return samples instanceof Uint16Array ? Uint16Array.from(length, twice) : Float32Array.from(length, twice);
}

function allRows(image: Image, scale: number): number[][] {
  const rowOf = enlargeAlpha(image, scale);
  return Array.from({ length: image.height * scale }, (_, row) => [
    ...rowOf(row, { samples: image.data, firstRow: 0 }),
  ]);
}

describe('enlargeAlpha', () => {
  it('keeps constant transparency exactly, in every kind of samples', () => {
    for (const [alpha, level] of [
      [new Uint8Array(12).fill(129), 129],
      [new Uint16Array(12).fill(40_001), 40_001],
      [new Float32Array(12).fill(0.1), Math.fround(0.1)],
    ] as const) {
      for (const scale of [2, 3, 4]) {
        expect(new Set(allRows(withAlpha(alpha, 4), scale).flat())).toEqual(new Set([level]));
      }
    }
  });

  it('changes nothing at scale 1', () => {
    const alpha = Uint8Array.from([0, 255, 3, 200, 9, 17]);
    expect(allRows(withAlpha(alpha, 3), 1).flat()).toEqual([...alpha]);
  });

  it('goes on a straight line where the transparency does', () => {
    const ramp = Float32Array.from({ length: 8 }, (_, x) => x / 16);
    const [row = []] = allRows(withAlpha(ramp, 8), 2);
    // Away from the border, pixel 2x lies a quarter of a pixel left of x.
    for (let x = 2; x < 6; x++) expect(row[2 * x]).toBeCloseTo((x - 0.25) / 16, 12);
  });

  it('has the values of the cubic at an edge, and clamps where it overshoots', () => {
    const [row] = allRows(withAlpha(Float32Array.of(0.25, 0.25, 0.75, 0.75), 4), 2);
    // The weights a quarter of a pixel behind a centre are (-9, 111, 29, -3) / 128, before the next mirrored.
    const weights = [0, -3, -9, 26, 102, 137, 131, 128];
    expect(row).toEqual(weights.map((weight) => 0.25 + (0.5 * weight) / 128));
    const [hard] = allRows(withAlpha(Uint8Array.of(0, 0, 255, 255), 4), 2);
    expect(hard).toEqual([0, 0, 0, 52, 203, 255, 255, 255]);
  });

  it('treats rows as columns', () => {
    const alpha = Uint8Array.from({ length: 20 }, (_, index) => (index * 37) % 256);
    const transposed = Uint8Array.from(
      { length: 20 },
      (_, index) => alpha[(index % 5) * 4 + Math.floor(index / 5)] ?? 0,
    );
    const rows = allRows(withAlpha(alpha, 4), 3);
    const columns = allRows(withAlpha(transposed, 5), 3);
    expect(rows.map((row, y) => row.map((_, x) => columns[x]?.[y]))).toEqual(rows);
  });
});
