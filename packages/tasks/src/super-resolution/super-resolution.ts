import type { TaskDefinition } from '@diffir/core';
import { clipByValue } from '@tensorflow/tfjs-core';
import { rejectsByTask } from '../rejects-by-task';
import { bicubicDegradation } from './bicubic-degradation';

/** Super-resolution of clean images that were shrunk bicubically. */
export const superResolution: TaskDefinition = {
  id: 'sr',
  description: 'enlarges clean images',
  mask: 'none',
  defaultModel: 'sr-x4-small',
  degradations: [bicubicDegradation],
  rejects: rejectsByTask('sr'),
  prepare: ({ image }) => image,
  compose: (output) => clipByValue(output, 0, 1),
};
