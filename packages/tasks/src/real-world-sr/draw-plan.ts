import type { BlurKernel, RandomSource } from '@diffir/core';
import { chance, drawWeighted, pick, uniform, uniformInteger } from '../degradation/draw';
import { drawBlurKernel, drawSincKernel } from './draw-blur-kernel';
import type { InterpolationMode } from './interpolate';
import type { PassSettings, RealEsrganSettings } from './real-esrgan-settings';

/** What one pass does to a picture, apart from the noise's own numbers. */
export interface PassPlan {
  /** Absent where the pass does not blur. */
  readonly kernel?: BlurKernel;
  /** Size over the one the pass resizes from. */
  readonly scale: number;
  readonly mode: InterpolationMode;
  readonly noise:
    | { readonly kind: 'gaussian'; readonly sigma: number; readonly gray: boolean }
    | { readonly kind: 'poisson'; readonly scale: number; readonly gray: boolean };
  readonly jpegQuality: number;
}

/** Every choice of the chain, made before it runs. */
export interface RealEsrganPlan {
  readonly first: PassPlan;
  readonly second: PassPlan;
  readonly final: {
    /** Absent where nothing rings. */
    readonly kernel?: BlurKernel;
    readonly mode: InterpolationMode;
    /** Whether resizing and the sinc filter come before the second JPEG coding. */
    readonly beforeJpeg: boolean;
  };
}

/** Draws the whole chain's choices. */
export function drawRealEsrganPlan(random: RandomSource, settings: RealEsrganSettings): RealEsrganPlan {
  const first = drawPass(random, settings.first);
  const second = drawPass(random, settings.second);
  const rings = chance(random, settings.finalSincProbability);
  return {
    first,
    second,
    final: {
      ...(rings && { kernel: drawSincKernel(random, settings.finalSincSizes) }),
      mode: drawMode(random),
      beforeJpeg: chance(random, 0.5),
    },
  };
}

function drawPass(random: RandomSource, settings: PassSettings): PassPlan {
  const blurs = chance(random, settings.blurProbability);
  return {
    ...(blurs && { kernel: drawBlurKernel(random, settings.blur) }),
    scale: drawScale(random, settings),
    mode: drawMode(random),
    noise: drawNoise(random, settings),
    jpegQuality: uniformInteger(random, settings.jpegQuality),
  };
}

function drawScale(random: RandomSource, { resize, resizeRange: [smallest, largest] }: PassSettings): number {
  const change = drawWeighted(random, [
    { value: 'up', weight: resize.up },
    { value: 'down', weight: resize.down },
    { value: 'keep', weight: resize.keep },
  ]);
  if (change === 'up') return uniform(random, [1, largest]);
  return change === 'down' ? uniform(random, [smallest, 1]) : 1;
}

function drawMode(random: RandomSource): InterpolationMode {
  return pick(random, ['area', 'bilinear', 'bicubic']);
}

function drawNoise(random: RandomSource, settings: PassSettings): PassPlan['noise'] {
  const gaussian = chance(random, settings.gaussianProbability);
  const strength = uniform(random, gaussian ? settings.gaussianSigma : settings.poissonScale);
  const gray = chance(random, settings.grayProbability);
  return gaussian ? { kind: 'gaussian', sigma: strength, gray } : { kind: 'poisson', scale: strength, gray };
}
