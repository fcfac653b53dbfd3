import type { MeasuredScore, ZooModel } from './zoo-model';

/** The small deblurring model; its card is beside its weights. */
export const deblurSmall: ZooModel = {
  name: 'deblur-small',
  task: 'deblur',
  scale: 1,
  description: 'small deblurring network for synthetic camera shake, briefly trained',
  location: { file: 'deblur-small.safetensors' },
  bytes: 6_345_170,
  sha256: 'b9bbedf83db5db7fe6102df6c6a9803d19c75b80a7b87df5a2f1fede68c19552',
  licence: 'Apache-2.0; trained on BSDS500 photos (research use)',
  trainingData: '400 photos (BSDS500 train and test), blurred on the fly by synthetic camera shake',
  scores: [
    deblurred('--gt <data>/deblur-eval/gt --lq <data>/deblur-eval/lq', {
      set: 'deblur-eval: BSD100 photos, blurred as in training',
      images: 20,
      scores: { PSNR: '28.91 dB', SSIM: '0.8258' },
      input: { PSNR: '26.34 dB', SSIM: '0.7175' },
    }),
    deblurred('--gt <data>/bsd100 --degrade camera-shake --seed 0', {
      set: 'BSD100, camera shake',
      images: 100,
      scores: { PSNR: '28.24 dB', SSIM: '0.8128' },
      input: { PSNR: '25.81 dB', SSIM: '0.7025' },
    }),
    deblurred('--gt <data>/set5 --degrade camera-shake --seed 0', {
      set: 'Set5, camera shake',
      images: 5,
      scores: { PSNR: '31.65 dB', SSIM: '0.9057' },
      input: { PSNR: '28.82 dB', SSIM: '0.8515' },
    }),
    deblurred('--gt <data>/set14 --degrade camera-shake --seed 0', {
      set: 'Set14 (converted to PNG), camera shake',
      images: 14,
      scores: { PSNR: '27.93 dB', SSIM: '0.7991' },
      input: { PSNR: '25.43 dB', SSIM: '0.7013' },
    }),
    deblurred('--gt <data>/kodak24 --degrade camera-shake --seed 0', {
      set: 'Kodak24 (500×500), camera shake',
      images: 24,
      scores: { PSNR: '30.10 dB', SSIM: '0.8640' },
      input: { PSNR: '27.62 dB', SSIM: '0.7801' },
    }),
    deblurred('--gt <data>/urban100-10 --degrade camera-shake --seed 0', {
      set: 'Urban100 (the first ten), camera shake',
      images: 10,
      scores: { PSNR: '25.49 dB', SSIM: '0.8159' },
      input: { PSNR: '23.18 dB', SSIM: '0.7108' },
    }),
    deblurred('--gt <data>/gopro/gt --lq <data>/gopro/lq', {
      set: 'a GoPro pair (its files given one name): real blur, for which it was not trained',
      images: 1,
      scores: { PSNR: '24.87 dB', SSIM: '0.8172' },
      input: { PSNR: '25.11 dB', SSIM: '0.8210' },
    }),
  ],
};

/** A score of the deblurring model, by the protocol of the paper's tables. */
function deblurred(images: string, score: Omit<MeasuredScore, 'command'>): MeasuredScore {
  return { ...score, command: `diffir eval ${images} --model deblur-small --protocol paper-deblurring` };
}
