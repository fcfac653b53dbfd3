export { deblurring } from './deblurring/deblurring';
export { inpainting } from './inpainting/inpainting';
export { tasksPlugin } from './plugin';
export { realWorldSuperResolution } from './real-world-sr/real-world-sr';
export { superResolution } from './super-resolution/super-resolution';
