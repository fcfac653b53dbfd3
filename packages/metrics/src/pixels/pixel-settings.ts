import { OptionError } from '@diffir/core';

/** How two images are compared sample by sample. */
export type PixelSettings = {
  /**
   * `rgb` compares the three channels, `y` the luma of ITU-R BT.601 (`lumaOf`). Gray counts as RGB with
   * three equal channels. Alpha is not compared.
   */
  readonly channel: 'rgb' | 'y';
  /** Pixels left out along every edge. */
  readonly border: number;
  /**
   * `8-bit` rounds samples to 256 levels before anything else, as an image file would hold them, which is
   * what published tables measure; `float` takes them as they are.
   */
  readonly samples: '8-bit' | 'float';
};

/** RGB, nothing cropped, 8-bit. */
const defaultPixelSettings: PixelSettings = { channel: 'rgb', border: 0, samples: '8-bit' };

/**
 * Settings with defaults for what is not given.
 * @throws OptionError for a border that is no count of pixels
 */
export function pixelSettings(options: Partial<PixelSettings> = {}): PixelSettings {
  const { channel, border, samples } = { ...defaultPixelSettings, ...options };
  if (!Number.isInteger(border) || border < 0) {
    throw new OptionError({
      subject: 'border',
      problem: `${border} is no number of pixels`,
      remedy: 'give a whole number from 0 up',
    });
  }
  return { channel, border, samples };
}
