import type { Degradation } from '@diffir/core';
import { type EightBitImage, toEightBit, toFloatImage } from '../degradation/float-image';
import { drawMask } from './draw-mask';
import { type MaskSettings, narrowMasks, trainingMasks, wideMasks } from './mask-settings';

export interface MaskRecipe {
  readonly id: string;
  readonly description: string;
  readonly settings: MaskSettings;
}

/** A recipe that cuts a hole into a picture: black, with the mask that marks it. */
export function maskDegradation({ id, description, settings }: MaskRecipe): Degradation {
  return {
    id,
    description,
    async degrade(image, random) {
      const known = toEightBit(toFloatImage(image));
      const mask = drawMask(random, image, settings);
      return { lq: withHole(known, mask), gt: image, mask };
    },
  };
}

/** Holes to train on, and the two kinds to evaluate on. */
export const maskDegradations: readonly Degradation[] = [
  maskDegradation({
    id: 'masks',
    description: "cuts a hole of LaMa's training masks, which are made for 256×256",
    settings: trainingMasks,
  }),
  maskDegradation({
    id: 'narrow-masks',
    description: "cuts a hole of LaMa's narrow evaluation masks, which are made for 512×512",
    settings: narrowMasks,
  }),
  maskDegradation({
    id: 'wide-masks',
    description: "cuts a hole of LaMa's wide evaluation masks, which are made for 512×512",
    settings: wideMasks,
  }),
];

function withHole(image: EightBitImage, mask: EightBitImage): EightBitImage {
  const data = image.data.map((level, i) => (mask.data[Math.floor(i / image.channels)] ? 0 : level));
  return { ...image, data };
}
