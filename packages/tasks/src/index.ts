export {
  blurByCameraShake,
  type CameraShakeBlurOptions,
  type CameraShakeOptions,
  drawCameraShakeKernel,
  drawCameraShakePath,
} from './deblurring/camera-shake';
export { cameraShakeDegradation } from './deblurring/camera-shake-degradation';
export { deblurring } from './deblurring/deblurring';
export { kernelBlurDegradation } from './deblurring/kernel-blur';
export { readBlurKernels } from './deblurring/read-blur-kernels';
export type { SensorNoiseOptions } from './deblurring/sensor-noise';
export { convolveMirrored } from './degradation/convolution';
export type { Range, Weighted } from './degradation/draw';
export type { EightBitImage, FloatImage } from './degradation/float-image';
export { coverage, drawMask, type MaskSize } from './inpainting/draw-mask';
export { inpainting } from './inpainting/inpainting';
export { type MaskRecipe, maskDegradation } from './inpainting/mask-degradation';
export {
  type BoxSettings,
  type MaskSettings,
  narrowMasks,
  type StrokeSettings,
  trainingMasks,
  wideMasks,
} from './inpainting/mask-settings';
export { tasksPlugin } from './plugin';
export { type BlurFamily, type BlurSettings, drawBlurKernel } from './real-world-sr/draw-blur-kernel';
export { generalizedGaussianKernel, type KernelShape, plateauKernel } from './real-world-sr/gaussian-kernels';
export { type InterpolationMode, type InterpolationSize, interpolate } from './real-world-sr/interpolate';
export { realEsrganDegradation } from './real-world-sr/real-esrgan';
export {
  type PassSettings,
  type RealEsrganSettings,
  realEsrganSettings,
} from './real-world-sr/real-esrgan-settings';
export { realWorldSuperResolution } from './real-world-sr/real-world-sr';
export { sincKernel } from './real-world-sr/sinc-kernel';
export { type UsmOptions, usmSharpen } from './real-world-sr/usm-sharpen';
export { bicubicDegradation } from './super-resolution/bicubic-degradation';
export { imresize } from './super-resolution/imresize';
export { superResolution } from './super-resolution/super-resolution';
