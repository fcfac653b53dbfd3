import type { Degradation } from '@diffir/core';
import { checkScale } from '../degradation/check-scale';
import { cropToMultiple, toEightBit, toFloatImage } from '../degradation/float-image';
import { imresize } from './imresize';

/** Shrinks as MATLAB does: what super-resolution is trained on and measured with. */
export const bicubicDegradation: Degradation = {
  id: 'bicubic',
  description: "shrinks bicubically, as MATLAB's imresize does",
  defaultScale: 4,
  async degrade(image, _random, { scale = 4 } = {}) {
    checkScale(scale);
    const gt = cropToMultiple(image, scale);
    const { data } = gt;
    if (data instanceof Uint8Array) return { lq: imresize({ ...gt, data }, 1 / scale), gt };
    return { lq: toEightBit(imresize(toFloatImage(gt), 1 / scale)), gt };
  },
};
