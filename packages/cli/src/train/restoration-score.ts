import type { Image, TaskDefinition } from '@diffir/core';
import { psnr } from '@diffir/metrics';
import { decibelsInHole } from './decibels-in-hole';

/** What is looked at to score a restored picture. */
interface ScoredPictures {
  readonly lq: Image;
  readonly gt: Image;
  /** 255 = hole. */
  readonly mask?: Image;
}

/** How a task's validation scores pictures. */
export interface RestorationScore {
  /** For people: `PSNR on Y, border 4`. */
  readonly description: string;
  /** In dB. */
  restored(pictures: ScoredPictures, restored: Image): number;
  /** The same of LQ, where that means anything. */
  input(pictures: ScoredPictures): number | undefined;
}

/**
 * The PSNR that a task's papers give, on 8-bit values: of RGB for deblurring; of the luma without a rim as wide
 * as the scale for super-resolution; of what the hole was filled with for inpainting, since the rest is as it was.
 */
export function restorationScore(task: TaskDefinition, scale: number): RestorationScore {
  if (task.mask === 'required') {
    return {
      description: 'PSNR in the hole',
      restored: ({ gt, mask }, restored) => decibelsInHole(gt, restored, mask),
      input: () => undefined,
    };
  }
  const superResolution = task.degradations?.[0]?.defaultScale !== undefined;
  const settings = superResolution ? ({ channel: 'y', border: scale } as const) : {};
  const same = ({ gt, lq }: ScoredPictures) => lq.width === gt.width && lq.height === gt.height;
  return {
    description: superResolution ? `PSNR on Y, border ${scale}` : 'PSNR',
    restored: ({ gt }, restored) => psnr(gt, restored, settings).value,
    input: (pictures) => (same(pictures) ? psnr(pictures.gt, pictures.lq, settings).value : undefined),
  };
}
