import type { BlurKernel } from '@diffir/core';
import { createRandomSource, type RandomSource } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { type BlurFamily, type BlurSettings, drawBlurKernel, drawSincKernel } from './draw-blur-kernel';
import { generalizedGaussianKernel, plateauKernel } from './gaussian-kernels';
import { realEsrganSettings } from './real-esrgan-settings';
import { sincKernel } from './sinc-kernel';

const settings = realEsrganSettings.first.blur;

/** The settings with one family only. */
function only(family: BlurFamily, sincProbability = 0): BlurSettings {
  return { ...settings, sincProbability, families: [{ value: family, weight: 1 }] };
}

/** A source of these numbers. */
function given(...numbers: number[]): RandomSource {
  const left = [...numbers];
  return () => left.shift() ?? expect.fail('more numbers were drawn than expected');
}

/** Up to the rounding of what was drawn. */
function expectKernel(actual: BlurKernel, expected: BlurKernel): void {
  expect(actual.size).toBe(expected.size);
  for (const [i, weight] of expected.weights.entries()) expect(actual.weights[i]).toBeCloseTo(weight, 12);
}

describe('drawBlurKernel', () => {
  // Drawn in turn: size (¼ of 8 odd numbers: 11), not a sinc, family, σx, …
  const start = [0.25, 0.9, 0.5];

  it('draws a circle by one σ, an ellipse by two and an angle', () => {
    expectKernel(
      drawBlurKernel(given(...start, 0.5), only('iso')),
      generalizedGaussianKernel({ size: 11, sigmaX: 1.6 }),
    );
    expectKernel(
      drawBlurKernel(given(...start, 0.5, 0, 0.75), only('aniso')),
      generalizedGaussianKernel({ size: 11, sigmaX: 1.6, sigmaY: 0.2, angle: Math.PI / 2 }),
    );
  });

  it('draws β below 1 half the time, and above', () => {
    const shape = { size: 11, sigmaX: 1.6 };
    expectKernel(
      drawBlurKernel(given(...start, 0.5, 0.49, 0.5), only('generalized-iso')),
      generalizedGaussianKernel(shape, 0.75),
    );
    expectKernel(
      drawBlurKernel(given(...start, 0.5, 0.5, 0.5), only('generalized-iso')),
      generalizedGaussianKernel(shape, 2.5),
    );
    expectKernel(
      drawBlurKernel(given(...start, 0.5, 0.5, 0.5), only('plateau-iso')),
      plateauKernel(shape, 1.5),
    );
    const elliptic = given(...start, 0.5, 0, 0.75, 0.1, 0.5);
    expectKernel(
      drawBlurKernel(elliptic, only('plateau-aniso')),
      plateauKernel({ size: 11, sigmaX: 1.6, sigmaY: 0.2, angle: Math.PI / 2 }, 1),
    );
    const generalized = given(...start, 0.5, 0, 0.75, 0.1, 0.5);
    expectKernel(
      drawBlurKernel(generalized, only('generalized-aniso')),
      generalizedGaussianKernel({ size: 11, sigmaX: 1.6, sigmaY: 0.2, angle: Math.PI / 2 }, 0.75),
    );
  });

  it('draws sinc filters, of no low cutoff where they are small', () => {
    expectKernel(drawBlurKernel(given(0.25, 0.09, 0), settings), sincKernel(11, Math.PI / 3));
    expectKernel(drawBlurKernel(given(0.375, 0.09, 0), settings), sincKernel(13, Math.PI / 5));
    expectKernel(drawBlurKernel(given(0.375, 0.09, 0.5), settings), sincKernel(13, 0.6 * Math.PI));
    expectKernel(drawSincKernel(given(0.999, 0), [7, 21]), sincKernel(21, Math.PI / 3));
  });

  it('draws every odd size from 7 to 21 alike', () => {
    const random = createRandomSource(1);
    const counts = new Map<number, number>();
    for (let i = 0; i < 4000; i++) {
      const { size } = drawBlurKernel(random, only('iso'));
      counts.set(size, (counts.get(size) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([7, 9, 11, 13, 15, 17, 19, 21]);
    // Five standard errors of a share of an eighth.
    for (const count of counts.values())
      expect(Math.abs(count - 500)).toBeLessThan(5 * Math.sqrt(4000 * (7 / 64)));
  });

  it('gives kernels that sum to 1, whatever is drawn', () => {
    const random = createRandomSource(2);
    for (let i = 0; i < 300; i++) {
      const { weights } = drawBlurKernel(random, settings);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(weights.every(Number.isFinite)).toBe(true);
    }
  });
});
