import type { TaskDefinition } from '@diffir/core';
import { rejectsByTask } from '../rejects-by-task';
import { superResolution } from '../super-resolution/super-resolution';
import { realEsrganDegradation } from './real-esrgan';

/** But for its default model, which knows clean pictures only. */
const { defaultModel: _clean, ...likeSuperResolution } = superResolution;

/** Super-resolution of photos with unknown blur, noise and compression. */
export const realWorldSuperResolution: TaskDefinition = {
  ...likeSuperResolution,
  id: 'real-sr',
  description: 'enlarges photos and removes noise, blur and compression artefacts',
  degradations: [realEsrganDegradation()],
  rejects: rejectsByTask('real-sr'),
};
