import type { Settings } from './settings';

/** The one published model that sharpens the ground truth for each loss apart. */
const ADVERSARIAL_MODEL = 'DiffIRGANS2Model';

/** What a published option file sharpens, as it says it; missing where it does not. */
export interface PublishedSharpening {
  /** The ground truth itself, for all that looks at it. */
  readonly gt?: unknown;
  /** The ground truth as the target of one loss. */
  readonly pixel?: unknown;
  readonly perceptual?: unknown;
  readonly adversarial?: unknown;
}

/** The published models look at these options only: without a discriminator at one, with it at three. */
export function publishedSharpening(options: Settings): PublishedSharpening {
  const asked = (name: string) => (options[name] === false ? undefined : options[name]);
  if (options.model_type !== ADVERSARIAL_MODEL) return { gt: asked('gt_usm') };
  return {
    pixel: asked('l1_gt_usm'),
    perceptual: asked('percep_gt_usm'),
    adversarial: asked('gan_gt_usm'),
  };
}
