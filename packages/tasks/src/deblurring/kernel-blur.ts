import type { BlurKernel, Degradation } from '@diffir/core';
import { OptionError } from '@diffir/core';
import { convolveMirrored } from '../degradation/convolution';
import { toFloatImage } from '../degradation/float-image';
import { addSensorNoise, type SensorNoiseOptions } from './sensor-noise';

/**
 * A recipe that blurs with one of the context's kernels, drawn uniformly, and adds Gaussian noise whose
 * σ is uniform in a range. Taken from `random` in this order: kernel, σ, noise.
 */
export function kernelBlurDegradation(noise: SensorNoiseOptions = {}): Degradation {
  return {
    id: 'kernels',
    description: 'blurs with a kernel of a file, and adds a little noise',
    needs: ['kernels'],
    async degrade(image, random, { kernels = [] } = {}) {
      const picture = toFloatImage(image);
      const kernel = kernels[Math.floor(kernels.length * random())] ?? noKernels();
      return { lq: addSensorNoise(convolveMirrored(picture, kernel), random, noise), gt: image };
    },
  };
}

function noKernels(): BlurKernel {
  throw new OptionError({
    subject: 'kernels',
    problem: 'it needs blur kernels to draw from',
    remedy: 'give them as `kernels` in the context',
  });
}
