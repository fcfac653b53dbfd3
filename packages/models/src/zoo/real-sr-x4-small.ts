import { superResolutionScores } from './super-resolution-scores';
import type { ZooModel } from './zoo-model';

/** The small ×4 super-resolution model for photos of unknown quality; its card is beside its weights. */
export const realSrX4Small: ZooModel = {
  name: 'real-sr-x4-small',
  task: 'real-sr',
  scale: 4,
  description:
    'small ×4 super-resolution network for photos with blur, noise and compression, briefly trained',
  location: { file: 'real-sr-x4-small.safetensors' },
  bytes: 6_437_468,
  sha256: '8a05f90d36f2e5f85f7b6640f12a947a65ebd73ac09010d3220e0705e16319db',
  licence: 'Apache-2.0; trained on BSDS500 photos (research use)',
  trainingData: '400 photos (BSDS500 train and test), degraded by the Real-ESRGAN chain',
  scores: superResolutionScores({ model: 'real-sr-x4-small', task: 'real-sr', recipe: 'real-esrgan' }, [
    {
      folder: 'bsd100',
      set: 'BSD100, degraded by the Real-ESRGAN chain',
      images: 100,
      scores: { PSNR: '23.24 dB', SSIM: '0.5383', LPIPS: '0.7119' },
      input: { PSNR: '22.78 dB', SSIM: '0.5093', LPIPS: '0.8458' },
    },
    {
      folder: 'set5/HR',
      set: 'Set5, degraded by the Real-ESRGAN chain',
      images: 5,
      scores: { PSNR: '23.63 dB', SSIM: '0.6372', LPIPS: '0.5703' },
      input: { PSNR: '23.38 dB', SSIM: '0.6176', LPIPS: '0.6943' },
    },
    {
      folder: 'urban100-10',
      set: 'Urban100 (the first ten), degraded by the Real-ESRGAN chain',
      images: 10,
      scores: { PSNR: '20.65 dB', SSIM: '0.5330', LPIPS: '0.6976' },
      input: { PSNR: '20.48 dB', SSIM: '0.5158', LPIPS: '0.8467' },
    },
    {
      folder: 'kodak24',
      set: 'Kodak24 (500×500), degraded by the Real-ESRGAN chain',
      images: 24,
      scores: { PSNR: '24.39 dB', SSIM: '0.6072', LPIPS: '0.6941' },
      input: { PSNR: '24.09 dB', SSIM: '0.5866', LPIPS: '0.8308' },
    },
  ]),
};
