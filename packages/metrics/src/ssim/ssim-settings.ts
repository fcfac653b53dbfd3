import type { PixelSettings } from '../pixels/pixel-settings';

/** The window and constants of SSIM, fixed to those of the MATLAB code published with the paper. */
export const ssimWindow = { size: 11, sigma: 1.5, k1: 0.01, k2: 0.03 } as const;

/** What an SSIM depends on. */
export type SsimSettings = PixelSettings & {
  /** The Gaussian that local statistics are weighted with; only where it lies inside counts (valid region). */
  readonly window: '11×11 Gaussian, σ 1.5, valid region';
  readonly constants: 'K1 0.01, K2 0.03';
};

export function ssimSettings(settings: PixelSettings): SsimSettings {
  return {
    ...settings,
    window: '11×11 Gaussian, σ 1.5, valid region',
    constants: 'K1 0.01, K2 0.03',
  };
}
