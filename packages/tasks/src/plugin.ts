import { definePlugin } from '@diffir/core';
import { deblurring } from './deblurring/deblurring';
import { inpainting } from './inpainting/inpainting';
import { realWorldSuperResolution } from './real-world-sr/real-world-sr';
import { superResolution } from './super-resolution/super-resolution';

/** DiffIR's four tasks. */
export const tasksPlugin = definePlugin({
  name: '@diffir/tasks',
  tasks: [deblurring, superResolution, realWorldSuperResolution, inpainting],
});
