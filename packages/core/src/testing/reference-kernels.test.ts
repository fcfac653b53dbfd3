import { describe, expect, it } from 'vitest';
import { at, noise, tabulate } from './reference-array';
import { batchMatMul, conv2dSame, depthwiseConv2dSame, erf, reflect, softmax } from './reference-kernels';

describe('reference kernels, by examples worked out by hand', () => {
  const ramp = tabulate([1, 2, 2, 1], ([_, i, j]) => 1 + 2 * i + j);

  it('conv2dSame sums the neighbours inside the image', () => {
    const ones = tabulate([3, 3, 1, 2], ([_, __, ___, o]) => 1 + o);
    expect([...conv2dSame(ramp, ones).values]).toEqual([10, 20, 10, 20, 10, 20, 10, 20]);
    const fromTheLeft = tabulate([3, 3, 1, 1], ([dy, dx]) => (dy === 1 && dx === 0 ? 1 : 0));
    expect([...conv2dSame(ramp, fromTheLeft).values]).toEqual([0, 1, 0, 3]);
  });

  it('depthwiseConv2dSame keeps channels apart', () => {
    const x = tabulate([1, 1, 2, 2], ([_, __, j, c]) => 1 + 2 * j + c);
    const kernel = tabulate([1, 3, 2, 1], ([_, dx, c]) =>
      c === 0 && dx === 1 ? 1 : c === 1 && dx === 2 ? 10 : 0,
    );
    expect([...depthwiseConv2dSame(x, kernel).values]).toEqual([1, 40, 3, 0]);
  });

  it('batchMatMul multiplies batch by batch', () => {
    const a = tabulate([2, 1, 2], ([n, _, k]) => 1 + 2 * n + k);
    const b = tabulate([2, 2, 1], ([n, k]) => 10 ** (n + k));
    expect([...batchMatMul(a, b).values]).toEqual([1 + 20, 30 + 400]);
  });

  it('softmax of log-odds', () => {
    const rows = tabulate([1, 1, 2], ([_, __, i]) => Math.log(1 + 2 * i));
    const [first = 0, second = 0] = softmax(rows).values;
    expect(first).toBeCloseTo(0.25, 12);
    expect(second).toBeCloseTo(0.75, 12);
  });

  it('erf at tabulated points (DLMF 7.1)', () => {
    expect(erf(0)).toBe(0);
    expect(erf(0.5)).toBeCloseTo(0.5204998778130465, 11);
    expect(erf(-1)).toBeCloseTo(-0.8427007929497149, 11);
    expect(erf(3)).toBeCloseTo(0.9999779095030014, 11);
  });

  it('reflect runs back from both ends without repeating them', () => {
    expect([-2, -1, 0, 1, 2, 3, 4].map((position) => reflect(position, 3))).toEqual([2, 1, 0, 1, 2, 1, 0]);
  });
});

describe('reference arrays', () => {
  it('are row-major and zero outside', () => {
    const x = tabulate([2, 3], ([i, j]) => 10 * i + j);
    expect([...x.values]).toEqual([0, 1, 2, 10, 11, 12]);
    expect(at(x, [1, 2])).toBe(12);
    expect([at(x, [-1, 0]), at(x, [0, 3]), at(x, [2, 0])]).toEqual([0, 0, 0]);
  });

  it('noise repeats, stays in range and fits float32', () => {
    const { values } = noise([4, 5], { seed: 1, low: 2, high: 3 });
    expect(noise([4, 5], { seed: 1, low: 2, high: 3 }).values).toEqual(values);
    expect(noise([4, 5], { seed: 2, low: 2, high: 3 }).values).not.toEqual(values);
    expect(values.every((value) => value >= 2 && value < 3 && Math.fround(value) === value)).toBe(true);
  });
});
