import type { MeasuredScore, ZooModel } from './zoo-model';

/** The small deblurring model; its card is beside its weights. */
export const deblurSmall: ZooModel = {
  name: 'deblur-small',
  task: 'deblur',
  scale: 1,
  description: 'small deblurring network for synthetic camera shake, briefly trained',
  location: { file: 'deblur-small.safetensors' },
  bytes: 6_345_170,
  sha256: '728bec645143da50ce4aeeca29e6dbb787b8c2c59d499683480f9f82b150cf3e',
  licence: 'Apache-2.0; trained on BSDS500 photos (research use)',
  trainingData: '400 photos (BSDS500 train and test), blurred on the fly by synthetic camera shake',
  scores: [
    deblurred('--gt <data>/deblur-eval/gt --lq <data>/deblur-eval/lq', {
      set: 'deblur-eval: BSD100 photos, blurred as in training',
      images: 20,
      scores: { PSNR: '28.64 dB', SSIM: '0.8128' },
      input: { PSNR: '26.34 dB', SSIM: '0.7175' },
    }),
    deblurred('--gt <data>/bsd100 --degrade camera-shake --seed 0', {
      set: 'BSD100, camera shake',
      images: 100,
      scores: { PSNR: '27.93 dB', SSIM: '0.7997' },
      input: { PSNR: '25.81 dB', SSIM: '0.7025' },
    }),
    deblurred('--gt <data>/set5 --degrade camera-shake --seed 0', {
      set: 'Set5, camera shake',
      images: 5,
      scores: { PSNR: '31.28 dB', SSIM: '0.9013' },
      input: { PSNR: '28.82 dB', SSIM: '0.8515' },
    }),
    deblurred('--gt <data>/set14 --degrade camera-shake --seed 0', {
      set: 'Set14 (converted to PNG), camera shake',
      images: 14,
      scores: { PSNR: '27.58 dB', SSIM: '0.7827' },
      input: { PSNR: '25.43 dB', SSIM: '0.7013' },
    }),
    deblurred('--gt <data>/kodak24 --degrade camera-shake --seed 0', {
      set: 'Kodak24 (500×500), camera shake',
      images: 24,
      scores: { PSNR: '29.81 dB', SSIM: '0.8547' },
      input: { PSNR: '27.62 dB', SSIM: '0.7801' },
    }),
    deblurred('--gt <data>/urban100-10 --degrade camera-shake --seed 0', {
      set: 'Urban100 (the first ten), camera shake',
      images: 10,
      scores: { PSNR: '25.12 dB', SSIM: '0.8009' },
      input: { PSNR: '23.18 dB', SSIM: '0.7108' },
    }),
    deblurred('--gt <data>/gopro/gt --lq <data>/gopro/lq', {
      set: 'a GoPro pair (its files given one name): real blur, for which it was not trained',
      images: 1,
      scores: { PSNR: '24.85 dB', SSIM: '0.8170' },
      input: { PSNR: '25.11 dB', SSIM: '0.8210' },
    }),
  ],
};

/** A score of the deblurring model, by the protocol of the paper's tables. */
function deblurred(images: string, score: Omit<MeasuredScore, 'command'>): MeasuredScore {
  return { ...score, command: `diffir eval ${images} --model deblur-small --protocol paper-deblurring` };
}
