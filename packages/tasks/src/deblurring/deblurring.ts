import type { TaskDefinition } from '@diffir/core';
import { clipByValue } from '@tensorflow/tfjs-core';
import { rejectsByTask } from '../rejects-by-task';
import { cameraShakeDegradation } from './camera-shake-degradation';
import { kernelBlurDegradation } from './kernel-blur';

/** Motion deblurring: the image goes in and comes out as it is, sharper. */
export const deblurring: TaskDefinition = {
  id: 'deblur',
  description: 'removes motion blur and camera shake',
  mask: 'none',
  defaultModel: 'deblur-small',
  degradations: [cameraShakeDegradation(), kernelBlurDegradation()],
  rejects: rejectsByTask('deblur'),
  prepare: ({ image }) => image,
  compose: (output) => clipByValue(output, 0, 1),
};
