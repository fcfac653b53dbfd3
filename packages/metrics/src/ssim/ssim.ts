import { type Image, ImageError } from '@diffir/core';
import { type PixelSettings, pixelSettings } from '../pixels/pixel-settings';
import { comparedPlanes } from '../pixels/planes';
import type { Score } from '../score/score';
import { createSsimRows, smallestSsimSide, ssimOfPlane } from './ssim-plane';
import { type SsimSettings, ssimSettings } from './ssim-settings';

export type SsimScore = Score<'ssim', SsimSettings>;

/**
 * Structural similarity (Wang et al. 2004, equation 13), as in the authors' MATLAB code: 11×11 Gaussian
 * window of σ 1.5, K1 = 0.01, K2 = 0.03, the mean over positions where the window lies inside, no
 * downsampling; for RGB the mean of the three channels. In double precision.
 * @throws ImageError when the images differ in size or are smaller than the window inside the border
 */
export function ssim(reference: Image, restored: Image, options: Partial<PixelSettings> = {}): SsimScore {
  return createSsim(options)(reference, restored);
}

/** `ssim` for many pictures: what it works with is made once. */
export function createSsim(
  options: Partial<PixelSettings> = {},
): (reference: Image, restored: Image) => SsimScore {
  const settings = pixelSettings(options);
  const rows = createSsimRows();
  return (reference, restored) => {
    const { pairs, ...size } = comparedPlanes(reference, restored, settings);
    assertWindowFits(size);
    const total = pairs.reduce((sum, [a, b]) => sum + ssimOfPlane(a, b, { ...size, rows }), 0);
    return { metric: 'ssim', value: total / pairs.length, settings: ssimSettings(settings) };
  };
}

/** @throws ImageError for a size without any place for the window */
export function assertWindowFits({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
}): void {
  if (Math.min(width, height) >= smallestSsimSide) return;
  throw new ImageError({
    subject: 'SSIM',
    problem: `${width}×${height} compared pixels are fewer than its window of ${smallestSsimSide}×${smallestSsimSide}`,
    remedy: 'compare larger images or use a smaller border',
  });
}
