import type { Degradation, JpegCodec } from '@diffir/core';
import { ImageError, OptionError } from '@diffir/core';
import { checkScale } from '../degradation/check-scale';
import { cropToMultiple, toEightBit, toFloatImage } from '../degradation/float-image';
import { drawRealEsrganPlan } from './draw-plan';
import { type RealEsrganSettings, realEsrganSettings } from './real-esrgan-settings';
import { runRealEsrganPlan } from './run-plan';
import { usmSharpen } from './usm-sharpen';

/** The least side that leaves a picture large enough for every kernel: 11 pixels after shrinking to 0.15. */
const LEAST_SIDE = 74;

/** The least side of the low-quality image that a sinc filter of 21 pixels needs. */
const LEAST_LOW_SIDE = 11;

/**
 * A recipe of the two-pass chain of Real-ESRGAN (Wang et al., 2021). The sharpened ground truth is what
 * is degraded, as Real-ESRGAN does. Taken from `random`: the plan, then the noise of both passes.
 */
export function realEsrganDegradation(
  settings: RealEsrganSettings = realEsrganSettings,
): Degradation & { readonly defaultScale: number } {
  return {
    id: 'real-esrgan',
    description: 'blurs, shrinks, adds noise and compresses twice over, as Real-ESRGAN does',
    defaultScale: 4,
    needs: ['jpeg'],
    async degrade(image, random, { scale = 4, jpeg } = {}) {
      checkScale(scale);
      const gt = cropToMultiple(image, scale);
      const picture = toFloatImage(gt);
      const least = Math.max(LEAST_SIDE, LEAST_LOW_SIDE * scale);
      if (Math.min(gt.width, gt.height) < least) {
        throw new ImageError({
          problem: `an image of ${image.width}×${image.height} is too small for this degradation`,
          remedy: `use an image of at least ${least}×${least}`,
        });
      }
      const sharpened = usmSharpen(picture);
      const plan = drawRealEsrganPlan(random, settings);
      const lq = await runRealEsrganPlan(sharpened, plan, { random, jpeg: codecOf(jpeg), scale });
      return { lq, gt, sharpenedGt: toEightBit(sharpened) };
    },
  };
}

function codecOf(jpeg: JpegCodec | undefined): JpegCodec {
  if (jpeg !== undefined) return jpeg;
  throw new OptionError({
    subject: 'real-esrgan',
    problem: 'it needs a JPEG codec',
    remedy: 'lend it one as `jpeg` in the context',
  });
}
