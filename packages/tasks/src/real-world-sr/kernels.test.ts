import type { BlurKernel } from '@diffir/core';
import { OptionError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { generalizedGaussianKernel, plateauKernel } from './gaussian-kernels';
import { sincKernel } from './sinc-kernel';

const ellipse = { size: 11, sigmaX: 2.5, sigmaY: 0.8, angle: 0.6 };

const kernels: Readonly<Record<string, BlurKernel>> = {
  iso: generalizedGaussianKernel({ size: 7, sigmaX: 1.2 }),
  aniso: generalizedGaussianKernel(ellipse),
  'generalized-iso': generalizedGaussianKernel({ size: 7, sigmaX: 1.4 }, 3),
  'generalized-aniso': generalizedGaussianKernel(ellipse, 0.7),
  'plateau-aniso': plateauKernel(ellipse, 1.5),
  'plateau-iso': plateauKernel({ size: 9, sigmaX: 2 }, 2),
  sinc: sincKernel(9, 1.7),
  'sinc of the highest cutoff': sincKernel(21, Math.PI),
};

function at({ size, weights }: BlurKernel, x: number, y: number): number {
  const middle = (size - 1) / 2;
  return weights[(middle + y) * size + middle + x] ?? Number.NaN;
}

/** Σ weight · value(x, y). */
function moment({ size, weights }: BlurKernel, value: (x: number, y: number) => number): number {
  const middle = (size - 1) / 2;
  return weights.reduce(
    (sum, weight, i) => sum + weight * value((i % size) - middle, Math.floor(i / size) - middle),
    0,
  );
}

describe.each(Object.entries(kernels))('a kernel of kind %s', (name, kernel) => {
  it('sums to 1 and is symmetric about its middle', () => {
    expect(moment(kernel, () => 1)).toBeCloseTo(1, 14);
    const { weights } = kernel;
    for (const [i, weight] of weights.entries()) {
      expect(weights[weights.length - 1 - i]).toBeCloseTo(weight, 15);
    }
  });

  it('is the same in all directions, unless it is elliptic', () => {
    const elliptic = name.endsWith('-aniso') || name === 'aniso';
    const turned = Math.abs(at(kernel, 1, 2) - at(kernel, -1, 2));
    if (elliptic) expect(turned).toBeGreaterThan(0.01);
    else expect(turned).toBeLessThan(1e-15);
  });
});

describe('kernels computed with NumPy by their formulas', () => {
  const places = [
    [0, 0],
    [2, 0],
    [0, 2],
    [2, 1],
    [2, -1],
  ] as const;

  it.each([
    [
      'iso',
      [
        0.11112038276415141, 0.027708112882419752, 0.027708112882419752, 0.019579890251049118,
        0.019579890251049118,
      ],
    ],
    [
      'aniso',
      [
        0.08027171030984684, 0.023834259240574633, 0.00862539283722415, 0.05043231498424488,
        0.0036923477553681716,
      ],
    ],
    [
      'generalized-iso',
      [
        0.13979065999259907, 0.0019941465047412952, 0.0019941465047412952, 3.471795566351964e-5,
        3.471795566351964e-5,
      ],
    ],
    [
      'generalized-aniso',
      [
        0.05291982139731455, 0.020869224099192445, 0.012736608140742466, 0.032907384482992685,
        0.008881438677708312,
      ],
    ],
    [
      'plateau-aniso',
      [
        0.08517239107217543, 0.017801024317472075, 0.008171249101486906, 0.04491651080202168,
        0.005230940227436227,
      ],
    ],
  ])('%s', (name, expected) => {
    const kernel = kernels[name];
    if (kernel === undefined) expect.fail(`no kernel ${name}`);
    for (const [i, [x, y]] of places.entries()) expect(at(kernel, x, y)).toBeCloseTo(expected[i] ?? 0, 14);
  });

  it('sinc', () => {
    const { sinc, 'sinc of the highest cutoff': highest } = kernels;
    if (sinc === undefined || highest === undefined) expect.fail('no sinc kernels');
    const values = [at(sinc, 0, 0), at(sinc, 1, 0), at(sinc, 2, -1), at(sinc, -4, -4)];
    const expected = [0.24044080222469147, 0.16343333619573291, 0.0015543620125663025, 0.0067900468467792284];
    for (const [i, value] of expected.entries()) expect(values[i]).toBeCloseTo(value, 14);
    expect(at(highest, 0, 0)).toBeCloseTo(0.7891192635263226, 14);
    expect(at(highest, 3, -2)).toBeCloseTo(-0.030193722433068976, 14);
    expect(at(highest, 10, -10)).toBeCloseTo(-0.00137975113007561, 14);
  });
});

describe('the moments of a Gaussian', () => {
  it('are σ² along the axes and what the angle makes of them', () => {
    // Wide enough that nothing is cut off, and sampled finely enough: the sums equal the integrals.
    const [sigmaX, sigmaY, angle] = [2, 1.2, 0.5];
    const kernel = generalizedGaussianKernel({ size: 31, sigmaX, sigmaY, angle });
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    expect(moment(kernel, (x) => x * x)).toBeCloseTo((cos * sigmaX) ** 2 + (sin * sigmaY) ** 2, 9);
    expect(moment(kernel, (_, y) => y * y)).toBeCloseTo((sin * sigmaX) ** 2 + (cos * sigmaY) ** 2, 9);
    expect(moment(kernel, (x, y) => x * y)).toBeCloseTo(cos * sin * (sigmaX ** 2 - sigmaY ** 2), 9);
  });
});

describe('impossible kernels', () => {
  it.each([
    () => generalizedGaussianKernel({ size: 8, sigmaX: 1 }),
    () => generalizedGaussianKernel({ size: 7, sigmaX: 0 }),
    () => generalizedGaussianKernel({ size: 7, sigmaX: 1, sigmaY: Number.NaN }),
    () => generalizedGaussianKernel({ size: 7, sigmaX: 1 }, -1),
    () => plateauKernel({ size: 7, sigmaX: 1 }, 0),
    () => sincKernel(7, 0),
    () => sincKernel(7, 3.2),
  ])('are refused: %s', (make) => {
    expect(make).toThrow(OptionError);
  });
});
