import type { BlurKernel } from '@diffir/core';
import { OptionError } from '@diffir/core';
import { kernelOf } from './kernel-of';

/** The ellipse of a kernel. */
export interface KernelShape {
  /** Side in pixels, odd. */
  readonly size: number;
  /** Standard deviation in pixels along the first axis. */
  readonly sigmaX: number;
  /** Along the second axis. Default: `sigmaX`, a circle. */
  readonly sigmaY?: number;
  /** How far the first axis is turned from x towards y, in radians. Default 0. */
  readonly angle?: number;
}

/**
 * exp(−½·qᵝ), q = (x, y) Σ⁻¹ (x, y)ᵀ, normalised to sum 1: a Gaussian for β = 1, pointed below, boxy
 * above (Wang et al., "Real-ESRGAN", 2021, equation 3).
 *
 * @throws OptionError for impossible sizes, deviations or β
 */
export function generalizedGaussianKernel(shape: KernelShape, beta = 1): BlurKernel {
  assertBeta(beta);
  const form = quadraticForm(shape);
  return kernelOf(shape.size, (x, y) => Math.exp(-0.5 * form(x, y) ** beta));
}

/**
 * 1 / (1 + qᵝ), q = (x, y) Σ⁻¹ (x, y)ᵀ, normalised to sum 1: a plateau (as above, equation 4).
 *
 * @throws OptionError for impossible sizes, deviations or β
 */
export function plateauKernel(shape: KernelShape, beta: number): BlurKernel {
  assertBeta(beta);
  const form = quadraticForm(shape);
  return kernelOf(shape.size, (x, y) => 1 / (1 + form(x, y) ** beta));
}

/** (x, y) Σ⁻¹ (x, y)ᵀ: the square of the place in the turned axes, each over its deviation. */
function quadraticForm({ sigmaX, sigmaY = sigmaX, angle = 0 }: KernelShape) {
  for (const sigma of [sigmaX, sigmaY]) {
    if (!(sigma > 0 && Number.isFinite(sigma))) {
      throw new OptionError({ subject: 'sigma', problem: `${sigma} is not a number above 0` });
    }
  }
  if (sigmaX === sigmaY) return (x: number, y: number) => (x * x + y * y) / sigmaX ** 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return (x: number, y: number) => {
    const along = (cos * x + sin * y) / sigmaX;
    const across = (cos * y - sin * x) / sigmaY;
    return along * along + across * across;
  };
}

function assertBeta(beta: number): void {
  if (beta > 0 && Number.isFinite(beta)) return;
  throw new OptionError({ subject: 'beta', problem: `${beta} is not a number above 0` });
}
