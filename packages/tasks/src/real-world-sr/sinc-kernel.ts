import type { BlurKernel } from '@diffir/core';
import { OptionError } from '@diffir/core';
import { besselJ1 } from './bessel-j1';
import { kernelOf } from './kernel-of';

/**
 * The ideal circular low-pass filter, cut off at the kernel's border and normalised to sum 1: it rings, as
 * oversharpened pictures do. h(r) = ω·J₁(ω·r) / (2π·r), h(0) = ω²/4π (Wang et al., "Real-ESRGAN", 2021,
 * equation 6).
 *
 * @param size side in pixels, odd
 * @param cutoff ω in radians per pixel, above 0 and at most π
 * @throws OptionError for an impossible size or cutoff
 */
export function sincKernel(size: number, cutoff: number): BlurKernel {
  if (!(cutoff > 0 && cutoff <= Math.PI)) {
    throw new OptionError({ subject: 'cutoff', problem: `${cutoff} is not above 0 and at most π` });
  }
  return kernelOf(size, (x, y) => {
    const r = Math.hypot(x, y);
    return r === 0 ? cutoff ** 2 / (4 * Math.PI) : (cutoff * besselJ1(cutoff * r)) / (2 * Math.PI * r);
  });
}
