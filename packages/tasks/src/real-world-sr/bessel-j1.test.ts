import { describe, expect, it } from 'vitest';
import { besselJ1 } from './bessel-j1';

describe('besselJ1', () => {
  // From its power series, summed in exact fractions.
  it.each([
    [0.5, 0.2422684576748739],
    [1, 0.4400505857449335],
    [2, 0.5767248077568734],
    [5, -0.32757913759146523],
    [10, 0.04347274616886144],
    [20, 0.06683312417585005],
    [33.3, 0.12386214790148026],
    [44, -0.08280335937602917],
  ])('of %s is %s', (x, expected) => {
    expect(Math.abs(besselJ1(x) - expected)).toBeLessThan(1e-14);
    expect(besselJ1(-x)).toBeCloseTo(-expected, 14);
  });

  it('is 0 at 0 and at its first zero', () => {
    expect(besselJ1(0)).toBeCloseTo(0, 15);
    expect(besselJ1(3.8317059702075125)).toBeCloseTo(0, 14);
  });
});
