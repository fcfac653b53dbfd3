import type { MeasuredScore, ZooModel } from './zoo-model';

/** The small inpainting model for narrow holes; its card is beside its weights. */
export const inpaintSmall: ZooModel = {
  name: 'inpaint-small',
  task: 'inpaint',
  scale: 1,
  description: 'small inpainting network for narrow holes, briefly trained',
  location: { file: 'inpaint-small.safetensors' },
  bytes: 6_117_996,
  sha256: 'b8b8394eba03b0a8a4a53d2503d9f54d4b6914458b138cb75e69985b784302b1',
  licence: 'Apache-2.0; trained on BSDS500 photos (research use)',
  trainingData: '400 photos (BSDS500 train and test) with LaMa’s narrow masks, drawn on the fly',
  scores: [
    filled('kodak24', {
      set: 'Kodak24 (500×500), narrow masks',
      images: 24,
      scores: { PSNR: '26.67 dB', SSIM: '0.8530', LPIPS: '0.1330' },
      input: { PSNR: '12.45 dB', SSIM: '0.6221', LPIPS: '0.4774' },
    }),
    filled('bsd100', {
      set: 'BSD100, narrow masks',
      images: 100,
      scores: { PSNR: '25.51 dB', SSIM: '0.8412', LPIPS: '0.1357' },
      input: { PSNR: '12.95 dB', SSIM: '0.6416', LPIPS: '0.4511' },
    }),
    filled('urban100-10', {
      set: 'Urban100 (the first ten), narrow masks',
      images: 10,
      scores: { PSNR: '27.95 dB', SSIM: '0.9380', LPIPS: '0.0584' },
      input: { PSNR: '16.35 dB', SSIM: '0.8578', LPIPS: '0.2060' },
    }),
    filled('set5/HR', {
      set: 'Set5, narrow masks',
      images: 5,
      scores: { PSNR: '24.79 dB', SSIM: '0.8598', LPIPS: '0.1139' },
      input: { PSNR: '12.52 dB', SSIM: '0.6900', LPIPS: '0.3267' },
    }),
  ],
};

/** A score over whole pictures, whose known pixels are those of the ground truth; the input is black in the hole. */
function filled(folder: string, score: Omit<MeasuredScore, 'command'>): MeasuredScore {
  const images = `--gt <data>/${folder} --task inpaint --degrade narrow-masks --seed 0`;
  const metrics = '--metrics psnr,ssim,lpips --metric-weights <data>/metrics';
  return { ...score, command: `diffir eval ${images} --model inpaint-small ${metrics}` };
}
