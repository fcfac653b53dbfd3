import type { BlurKernel, RandomSource } from '@diffir/core';
import {
  chance,
  drawWeighted,
  type Range,
  uniform,
  uniformInteger,
  type Weighted,
} from '../degradation/draw';
import { generalizedGaussianKernel, type KernelShape, plateauKernel } from './gaussian-kernels';
import { sincKernel } from './sinc-kernel';

/** Shapes of blur: Gaussian, generalised Gaussian and plateau, each round (iso) or elliptic (aniso). */
export type BlurFamily =
  | 'iso'
  | 'aniso'
  | 'generalized-iso'
  | 'generalized-aniso'
  | 'plateau-iso'
  | 'plateau-aniso';

/** From which distribution a kernel is drawn. */
export interface BlurSettings {
  /** Sides of kernels in pixels: the odd numbers of this range, equally likely. */
  readonly sizes: Range;
  /** How likely a sinc filter is, in place of all families. */
  readonly sincProbability: number;
  readonly families: readonly [Weighted<BlurFamily>, ...Weighted<BlurFamily>[]];
  /** Standard deviation along either axis, in pixels. */
  readonly sigma: Range;
  /** β of generalised Gaussians: half the time below 1, half the time above. */
  readonly gaussianBeta: Range;
  /** β of plateaus, likewise. */
  readonly plateauBeta: Range;
}

/** Draws a blur kernel: its size, whether it is a sinc filter, then family, σ, and what its family has. */
export function drawBlurKernel(random: RandomSource, settings: BlurSettings): BlurKernel {
  const size = drawSize(random, settings.sizes);
  if (chance(random, settings.sincProbability)) {
    // Small kernels cannot hold the slow waves of low cutoffs.
    return sincKernel(size, uniform(random, [size < 13 ? Math.PI / 3 : Math.PI / 5, Math.PI]));
  }
  const family = drawWeighted(random, settings.families);
  const shape = drawShape(random, { family, size, sigma: settings.sigma });
  switch (family) {
    case 'iso':
    case 'aniso':
      return generalizedGaussianKernel(shape);
    case 'generalized-iso':
    case 'generalized-aniso':
      return generalizedGaussianKernel(shape, drawBeta(random, settings.gaussianBeta));
    case 'plateau-iso':
    case 'plateau-aniso':
      return plateauKernel(shape, drawBeta(random, settings.plateauBeta));
  }
}

/** Draws a sinc filter: its size among the odd numbers of the range, then its cutoff in π/3–π. */
export function drawSincKernel(random: RandomSource, sizes: Range): BlurKernel {
  const size = drawSize(random, sizes);
  return sincKernel(size, uniform(random, [Math.PI / 3, Math.PI]));
}

function drawSize(random: RandomSource, [from, to]: Range): number {
  return 2 * uniformInteger(random, [(from - 1) / 2, (to - 1) / 2]) + 1;
}

interface ShapeSettings {
  readonly family: BlurFamily;
  readonly size: number;
  readonly sigma: Range;
}

function drawShape(random: RandomSource, { family, size, sigma }: ShapeSettings): KernelShape {
  const sigmaX = uniform(random, sigma);
  if (family.endsWith('iso') && !family.endsWith('aniso')) return { size, sigmaX };
  const sigmaY = uniform(random, sigma);
  return { size, sigmaX, sigmaY, angle: uniform(random, [-Math.PI, Math.PI]) };
}

function drawBeta(random: RandomSource, [from, to]: Range): number {
  return chance(random, 0.5) ? uniform(random, [from, 1]) : uniform(random, [1, to]);
}
