import { superResolutionScores } from './super-resolution-scores';
import type { ZooModel } from './zoo-model';

/** The small ×4 super-resolution model; its card is beside its weights. */
export const srX4Small: ZooModel = {
  name: 'sr-x4-small',
  task: 'sr',
  scale: 4,
  description: 'small ×4 super-resolution network for clean pictures, briefly trained',
  location: { file: 'sr-x4-small.safetensors' },
  bytes: 6_437_468,
  sha256: '131362199307e02d916fe6091a0086bdb069003b360a46537a38a4de6ea44277',
  licence: 'Apache-2.0; trained on BSDS500 photos (research use)',
  trainingData: '400 photos (BSDS500 train and test), shrunk bicubically',
  scores: superResolutionScores({ model: 'sr-x4-small', task: 'sr', recipe: 'bicubic' }, [
    {
      folder: 'set5/HR',
      set: 'Set5, shrunk bicubically',
      images: 5,
      scores: { PSNR: '30.24 dB', SSIM: '0.8572', LPIPS: '0.2213' },
      input: { PSNR: '28.43 dB', SSIM: '0.8113', LPIPS: '0.3406' },
    },
    {
      folder: 'set14',
      set: 'Set14 (converted to PNG), shrunk bicubically',
      images: 14,
      scores: { PSNR: '27.37 dB', SSIM: '0.7497', LPIPS: '0.3356' },
      input: { PSNR: '26.09 dB', SSIM: '0.7049', LPIPS: '0.4401' },
    },
    {
      folder: 'bsd100',
      set: 'BSD100, shrunk bicubically',
      images: 100,
      scores: { PSNR: '26.84 dB', SSIM: '0.7104', LPIPS: '0.4314' },
      input: { PSNR: '25.96 dB', SSIM: '0.6682', LPIPS: '0.5257' },
    },
    {
      folder: 'urban100-10',
      set: 'Urban100 (the first ten), shrunk bicubically',
      images: 10,
      scores: { PSNR: '24.74 dB', SSIM: '0.7358', LPIPS: '0.3422' },
      input: { PSNR: '23.66 dB', SSIM: '0.6809', LPIPS: '0.4713' },
    },
    {
      folder: 'kodak24',
      set: 'Kodak24 (500×500), shrunk bicubically',
      images: 24,
      scores: { PSNR: '27.72 dB', SSIM: '0.7466', LPIPS: '0.3852' },
      input: { PSNR: '26.87 dB', SSIM: '0.7114', LPIPS: '0.4708' },
    },
  ]),
};
