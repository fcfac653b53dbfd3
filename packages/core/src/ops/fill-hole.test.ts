import { memory, setBackend, type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fillHole } from './fill-hole';

beforeAll(() => setBackend('cpu'));

interface Picture {
  readonly height: number;
  readonly width: number;
  /** Of one channel. */
  readonly values: readonly number[];
  /** 1 in the hole. */
  readonly hole: readonly number[];
}

function filled({ height, width, values, hole }: Picture): Float32Array {
  const result = tidy(() => {
    const shape: [number, number, number, number] = [1, height, width, 1];
    return fillHole(tensor4d([...values], shape), tensor4d([...hole], shape));
  });
  const data = result.dataSync<'float32'>();
  result.dispose();
  return data;
}

const pictures: fc.Arbitrary<Picture> = fc
  .record({ height: fc.constantFrom(8, 16, 24), width: fc.constantFrom(8, 16, 40) })
  .chain(({ height, width }) => {
    const plane = { minLength: height * width, maxLength: height * width };
    return fc.record({
      height: fc.constant(height),
      width: fc.constant(width),
      values: fc.array(fc.float({ min: 0, max: 1, noNaN: true }), plane),
      hole: fc.array(fc.constantFrom(0, 1), plane),
    });
  });

/** A picture by a rule for its values and one for its hole. */
function draw(
  { height, width }: Pick<Picture, 'height' | 'width'>,
  valueAt: (y: number, x: number) => number,
  inHole: (y: number, x: number) => boolean,
): Picture {
  const places = Array.from(
    { length: height * width },
    (_, i) => [Math.floor(i / width), i % width] as const,
  );
  return {
    height,
    width,
    values: places.map(([y, x]) => valueAt(y, x)),
    hole: places.map(([y, x]) => (inHole(y, x) ? 1 : 0)),
  };
}

describe('fillHole', () => {
  it('keeps known pixels, and fills with what lies between the darkest and the brightest of them', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const result = filled(picture);
        const known = picture.values.filter((_, i) => picture.hole[i] === 0);
        const [low, high] = known.length === 0 ? [0, 0] : [Math.min(...known), Math.max(...known)];
        for (const [i, value] of result.entries()) {
          if (picture.hole[i] === 0) expect(value).toBe(picture.values[i]);
          // A quotient of float32 sums of the same weights.
          expect(value).toBeGreaterThanOrEqual(low - 1e-5);
          expect(value).toBeLessThanOrEqual(high + 1e-5);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('does not look into the hole', () => {
    fc.assert(
      fc.property(pictures, fc.float({ min: -5, max: 5, noNaN: true }), (picture, other) => {
        const values = picture.values.map((value, i) => (picture.hole[i] === 1 ? other : value));
        expect(filled({ ...picture, values })).toEqual(filled(picture));
      }),
      { numRuns: 20 },
    );
  });

  it('continues a plane of brightness through a hole in its midst', () => {
    const size = { height: 64, width: 64 };
    const inHole = (y: number, x: number) => y >= 24 && y < 40 && x >= 24 && x < 40;
    const plane = (y: number, x: number) => (y + 2 * x) / 200;
    const picture = draw(size, plane, inHole);
    for (const [i, value] of filled(picture).entries()) {
      // A quarter of the contrast across the hole, 48/200: averages of coarse pixels lag behind a slope.
      expect(Math.abs(value - (picture.values[i] ?? 0))).toBeLessThan(0.25 * (48 / 200));
    }
  });

  it('fills from near by rather than from afar', () => {
    const size = { height: 32, width: 64 };
    const picture = draw(
      size,
      (_, x) => (x < 32 ? 0 : 1),
      (_, x) => x >= 8 && x < 56,
    );
    const row = [...filled(picture)].slice(16 * 64, 17 * 64);
    expect(row[10]).toBeLessThan(0.1);
    expect(row[53]).toBeGreaterThan(0.9);
  });

  it('reaches across a picture with little known', () => {
    const picture = draw(
      { height: 8, width: 1024 },
      () => 0.25,
      (_, x) => x > 0,
    );
    for (const value of filled(picture)) expect(value).toBeCloseTo(0.25, 5);
  });

  it('treats channels and images alike and apart, and keeps no tensor but its result', () => {
    const picture = draw(
      { height: 16, width: 24 },
      (y, x) => Math.sin(y) * Math.cos(x),
      (y, x) => y > 4 && x > 9,
    );
    const alone = filled(picture);
    const before = memory().numTensors;
    const pair = (first: number, second: number) => [first, second];
    const image: Tensor4D = tensor4d(
      [picture.values, picture.values.map(() => 0.5)].flatMap((values) =>
        values.flatMap((value) => pair(value, 2 * value)),
      ),
      [2, 16, 24, 2],
    );
    const hole: Tensor4D = tensor4d([...picture.hole, ...picture.hole], [2, 16, 24, 1]);
    const result = fillHole(image, hole);
    const data = result.dataSync();
    for (const [i, value] of alone.entries()) {
      expect(data[2 * i]).toBeCloseTo(value, 6);
      expect(data[2 * i + 1]).toBeCloseTo(2 * value, 6);
      expect(data[2 * (alone.length + i)]).toBeCloseTo(0.5, 6);
    }
    for (const tensor of [image, hole, result]) tensor.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
