import { createRandomSource } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { drawRealEsrganPlan, type PassPlan } from './draw-plan';
import { realEsrganSettings } from './real-esrgan-settings';

const DRAWS = 3000;
const random = createRandomSource(1);
const plans = Array.from({ length: DRAWS }, () => drawRealEsrganPlan(random, realEsrganSettings));

/** Held to five standard errors of a share. */
function expectShare(holds: (plan: (typeof plans)[number]) => boolean, share: number): void {
  const found = plans.filter(holds).length / DRAWS;
  expect(Math.abs(found - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / DRAWS) + 1e-12);
}

/** All lie in the range, and come near both ends of it. */
function expectRange(values: readonly number[], [from, to]: readonly [number, number]): void {
  const near = 0.05 * (to - from);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(from);
  expect(Math.min(...values)).toBeLessThan(from + near);
  expect(Math.max(...values)).toBeLessThanOrEqual(to);
  expect(Math.max(...values)).toBeGreaterThan(to - near);
}

function strengths(passes: readonly PassPlan[], kind: PassPlan['noise']['kind']): number[] {
  return passes.flatMap(({ noise }) => {
    if (noise.kind !== kind) return [];
    return [noise.kind === 'gaussian' ? noise.sigma : noise.scale];
  });
}

// The numbers of Real-ESRGAN, said once more and apart from the settings.
const expected = {
  first: { blur: 1, up: 0.2, down: 0.7, sizes: [0.15, 1.5], gaussian: [1, 30], poisson: [0.05, 3] },
  second: { blur: 0.8, up: 0.3, down: 0.4, sizes: [0.3, 1.2], gaussian: [1, 25], poisson: [0.05, 2.5] },
} as const;

describe.each(['first', 'second'] as const)('the %s pass', (which) => {
  const passes = plans.map((plan) => plan[which]);
  const { blur, up, down, sizes, gaussian, poisson } = expected[which];

  it('blurs, enlarges and shrinks as often as it should', () => {
    expectShare((plan) => plan[which].kernel !== undefined, blur);
    expectShare((plan) => plan[which].scale > 1, up);
    expectShare((plan) => plan[which].scale < 1, down);
    expectShare((plan) => plan[which].mode === 'area', 1 / 3);
    expectShare((plan) => plan[which].mode === 'bicubic', 1 / 3);
  });

  it('draws sizes, noise and quality from the whole of their ranges', () => {
    expectRange(
      passes.map(({ scale }) => scale),
      sizes,
    );
    expectRange(strengths(passes, 'gaussian'), gaussian);
    expectRange(strengths(passes, 'poisson'), poisson);
    expectRange(
      passes.map(({ jpegQuality }) => jpegQuality),
      [30, 95],
    );
    expect(passes.every(({ jpegQuality }) => Number.isInteger(jpegQuality))).toBe(true);
  });

  it('chooses the kind of noise evenly, gray in two of five', () => {
    expectShare((plan) => plan[which].noise.kind === 'gaussian', 0.5);
    expectShare((plan) => plan[which].noise.gray, 0.4);
  });
});

describe('the end', () => {
  it('rings in four of five, before or after JPEG evenly', () => {
    expectShare(({ final }) => final.kernel !== undefined, 0.8);
    expectShare(({ final }) => final.beforeJpeg, 0.5);
    expectShare(({ final }) => final.mode === 'bilinear', 1 / 3);
  });
});

it('is decided by the seed', () => {
  const draw = (seed: number) => drawRealEsrganPlan(createRandomSource(seed), realEsrganSettings);
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});
