export {
  blurByCameraShake,
  type CameraShakeBlurOptions,
  type CameraShakeOptions,
  drawCameraShakeKernel,
  drawCameraShakePath,
} from './deblurring/camera-shake';
export { type BlurKernel, convolveMirrored, type FloatImage } from './deblurring/convolution';
export { deblurring } from './deblurring/deblurring';
export { inpainting } from './inpainting/inpainting';
export { tasksPlugin } from './plugin';
export { realWorldSuperResolution } from './real-world-sr/real-world-sr';
export { superResolution } from './super-resolution/super-resolution';
