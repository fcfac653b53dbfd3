import type { TaskDefinition } from '@diffir/core';
import { rejectsByTask } from '../rejects-by-task';
import { superResolution } from '../super-resolution/super-resolution';

/** Super-resolution of photos with unknown blur, noise and compression. */
export const realWorldSuperResolution: TaskDefinition = {
  ...superResolution,
  id: 'real-sr',
  description: 'enlarges photos and removes noise, blur and compression artefacts',
  rejects: rejectsByTask('real-sr'),
};
