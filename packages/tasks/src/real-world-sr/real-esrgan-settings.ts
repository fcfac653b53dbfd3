import type { Range } from '../degradation/draw';
import type { BlurSettings } from './draw-blur-kernel';

/** One pass of blur, resizing, noise and compression. */
export interface PassSettings {
  readonly blur: BlurSettings;
  readonly blurProbability: number;
  /** How likely the picture is enlarged, shrunk and left as it is: weights. */
  readonly resize: { readonly up: number; readonly down: number; readonly keep: number };
  /** Smallest and largest size over the one before: shrinking ends at 1, enlarging begins there. */
  readonly resizeRange: Range;
  /** How likely the noise is Gaussian; else it is Poisson. */
  readonly gaussianProbability: number;
  /** σ in 8-bit levels. */
  readonly gaussianSigma: Range;
  readonly poissonScale: Range;
  /** How likely the noise is the same in all channels. */
  readonly grayProbability: number;
  readonly jpegQuality: Range;
}

/** Two passes, and a sinc filter in the end. */
export interface RealEsrganSettings {
  readonly first: PassSettings;
  readonly second: PassSettings;
  readonly finalSincProbability: number;
  /** Sides of the final sinc filter in pixels: the odd numbers of this range. */
  readonly finalSincSizes: Range;
}

const blur: BlurSettings = {
  sizes: [7, 21],
  sincProbability: 0.1,
  families: [
    { value: 'iso', weight: 0.45 },
    { value: 'aniso', weight: 0.25 },
    { value: 'generalized-iso', weight: 0.12 },
    { value: 'generalized-aniso', weight: 0.03 },
    { value: 'plateau-iso', weight: 0.12 },
    { value: 'plateau-aniso', weight: 0.03 },
  ],
  sigma: [0.2, 3],
  gaussianBeta: [0.5, 4],
  plateauBeta: [1, 2],
};

/** What Real-ESRGAN and the published real-world DiffIR were trained with. */
export const realEsrganSettings: RealEsrganSettings = {
  first: {
    blur,
    blurProbability: 1,
    resize: { up: 0.2, down: 0.7, keep: 0.1 },
    resizeRange: [0.15, 1.5],
    gaussianProbability: 0.5,
    gaussianSigma: [1, 30],
    poissonScale: [0.05, 3],
    grayProbability: 0.4,
    jpegQuality: [30, 95],
  },
  second: {
    blur: { ...blur, sigma: [0.2, 1.5] },
    blurProbability: 0.8,
    resize: { up: 0.3, down: 0.4, keep: 0.3 },
    resizeRange: [0.3, 1.2],
    gaussianProbability: 0.5,
    gaussianSigma: [1, 25],
    poissonScale: [0.05, 2.5],
    grayProbability: 0.4,
    jpegQuality: [30, 95],
  },
  finalSincProbability: 0.8,
  finalSincSizes: [7, 21],
};
