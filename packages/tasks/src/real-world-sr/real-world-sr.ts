import type { TaskDefinition } from '@diffir/core';
import { rejectsByTask } from '../rejects-by-task';
import { superResolution } from '../super-resolution/super-resolution';
import { realEsrganDegradation } from './real-esrgan';

/** Super-resolution of photos with unknown blur, noise and compression. */
export const realWorldSuperResolution: TaskDefinition = {
  id: 'real-sr',
  description: 'enlarges photos and removes noise, blur and compression artefacts',
  defaultModel: 'real-sr-x4-small',
  degradations: [realEsrganDegradation()],
  rejects: rejectsByTask('real-sr'),
  mask: superResolution.mask,
  prepare: superResolution.prepare,
  compose: superResolution.compose,
};
