import { describe, expect, it } from 'vitest';
import { naturalLog } from './natural-log';
import { createRandomSource } from './random-source';
import { standardNormal } from './standard-normal';

describe('standardNormal', () => {
  const samples = standardNormal(createRandomSource(7), 100_000);
  const moment = (power: number) => samples.reduce((sum, value) => sum + value ** power, 0) / samples.length;

  it('has the moments of N(0,1)', () => {
    // Five standard errors of each moment's estimate: √(Var/n) with Var = 1, 2, 15, 96.
    const bound = (variance: number) => 5 * Math.sqrt(variance / samples.length);
    expect(Math.abs(moment(1))).toBeLessThan(bound(1));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(bound(2));
    expect(Math.abs(moment(3))).toBeLessThan(bound(15));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(bound(96));
  });

  it('has the tail of N(0,1)', () => {
    // P(|x| > 2) = 0.0455003; five standard errors of the share.
    const share = samples.filter((value) => Math.abs(value) > 2).length / samples.length;
    expect(Math.abs(share - 0.0455003)).toBeLessThan(5 * Math.sqrt((0.0455 * 0.9545) / samples.length));
  });

  it('gives the same numbers for the same seed, others for another', () => {
    const draw = (seed: number) => [...standardNormal(createRandomSource(seed), 9)];
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
    expect(draw(3)).toHaveLength(9);
  });

  it('is unrelated between neighbouring seeds', () => {
    const draws = [0, 1, 2, 3].map((seed) => standardNormal(createRandomSource(seed), 4096));
    for (const [index, first] of draws.entries()) {
      for (const second of draws.slice(index + 1)) {
        const correlation = first.reduce((sum, value, i) => sum + value * (second[i] ?? 0), 0) / first.length;
        // Five standard errors of a correlation of independent samples.
        expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(first.length));
        expect(Math.abs((first[0] ?? 0) - (second[0] ?? 0))).toBeGreaterThan(1e-3);
      }
    }
  });

  it('never changes: pictures restored with a seed must stay the same', () => {
    // Recorded from this implementation; a change here changes every user's results.
    expect([...standardNormal(createRandomSource(0), 4)]).toEqual([
      -0.10998835414648056, 1.0350620746612549, -0.7137707471847534, -1.618420958518982,
    ]);
  });
});

describe('naturalLog', () => {
  it.each([1e-300, 1e-9, 0.1, 0.5, 0.999999, 1, 1.5, 2, 10, 1e300])('of %s is Math.log of it', (x) => {
    // Both are within a few units in the last place of the true value.
    expect(Math.abs(naturalLog(x) - Math.log(x))).toBeLessThanOrEqual(
      4e-16 * Math.max(1, Math.abs(Math.log(x))),
    );
  });
});
