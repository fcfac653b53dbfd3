import type { Degradation } from '@diffir/core';
import { toFloatImage } from '../degradation/float-image';
import { blurByCameraShake, type CameraShakeBlurOptions } from './camera-shake';

/** A recipe of {@link blurByCameraShake}. */
export function cameraShakeDegradation(options: CameraShakeBlurOptions = {}): Degradation {
  return {
    id: 'camera-shake',
    description: 'blurs as a shaking hand does, and adds a little noise',
    async degrade(image, random) {
      return { lq: blurByCameraShake(toFloatImage(image), random, options), gt: image };
    },
  };
}
