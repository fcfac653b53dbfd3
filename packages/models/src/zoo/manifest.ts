import type { MeasuredScore, PublishedCheckpoint, ZooModel } from './zoo-model';

/** The weight files that can be used by name. */
export const zooModels: readonly ZooModel[] = [
  {
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
      {
        set: 'deblur-eval: BSD100 photos, blurred as in training',
        images: 20,
        scores: { PSNR: '28.64 dB', SSIM: '0.8128' },
        input: { PSNR: '26.34 dB', SSIM: '0.7175' },
        command:
          'diffir eval --gt <data>/deblur-eval/gt --lq <data>/deblur-eval/lq --model deblur-small --protocol paper-deblurring',
      },
      cameraShake('bsd100', {
        set: 'BSD100 (the first fifty), camera shake',
        images: 50,
        scores: { PSNR: '28.19 dB', SSIM: '0.8116' },
        input: { PSNR: '25.99 dB', SSIM: '0.7198' },
      }),
      cameraShake('set14', {
        set: 'Set14, camera shake',
        images: 14,
        scores: { PSNR: '27.58 dB', SSIM: '0.7827' },
        input: { PSNR: '25.43 dB', SSIM: '0.7013' },
      }),
      cameraShake('kodak24', {
        set: 'Kodak24 (500×500), camera shake',
        images: 24,
        scores: { PSNR: '29.81 dB', SSIM: '0.8547' },
        input: { PSNR: '27.62 dB', SSIM: '0.7801' },
      }),
      cameraShake('urban100-10', {
        set: 'Urban100 (the first ten), camera shake',
        images: 10,
        scores: { PSNR: '25.12 dB', SSIM: '0.8009' },
        input: { PSNR: '23.18 dB', SSIM: '0.7108' },
      }),
      {
        set: 'a GoPro pair: real blur, for which it was not trained',
        images: 1,
        scores: { PSNR: '24.85 dB', SSIM: '0.8170' },
        input: { PSNR: '25.11 dB', SSIM: '0.8210' },
        command:
          'diffir eval --gt <data>/gopro/gt --lq <data>/gopro/lq --model deblur-small --protocol paper-deblurring',
      },
    ],
  },
];

function cameraShake(folder: string, score: Omit<MeasuredScore, 'command'>): MeasuredScore {
  const made = `--gt <data>/${folder} --degrade camera-shake --seed 0 --limit ${score.images}`;
  const command = `diffir eval ${made} --model deblur-small --protocol paper-deblurring`;
  return { ...score, command };
}

const authors = 'https://github.com/Zj-BinXia/DiffIR';
const licence = `its authors' terms, see ${authors}`;

/** The checkpoints of the paper's authors. They come from where their authors put them, not from here. */
export const publishedCheckpoints: readonly PublishedCheckpoint[] = [
  {
    preset: 'motion-deblurring',
    task: 'deblur',
    scale: 1,
    title: 'motion deblurring',
    published: `${authors}/tree/master/DiffIR-demotionblur`,
    licence,
    trainingData: 'GoPro',
    paper: [
      { set: 'GoPro', scores: { PSNR: '33.20 dB', SSIM: '0.963' }, protocol: 'paper-deblurring' },
      { set: 'HIDE', scores: { PSNR: '31.55 dB', SSIM: '0.947' }, protocol: 'paper-deblurring' },
    ],
  },
  {
    preset: 'inpainting-places',
    task: 'inpaint',
    scale: 1,
    title: 'inpainting, Places',
    published: `${authors}/tree/master/DiffIR-inpainting`,
    licence,
    trainingData: 'Places-Standard',
    paper: [
      { set: 'Places narrow', scores: { FID: '0.4913', LPIPS: '0.0758' }, protocol: 'paper-inpainting' },
      { set: 'Places wide', scores: { FID: '1.9788', LPIPS: '0.1306' }, protocol: 'paper-inpainting' },
    ],
  },
  {
    preset: 'inpainting-celebahq',
    task: 'inpaint',
    scale: 1,
    title: 'inpainting, faces',
    published: `${authors}/tree/master/DiffIR-inpainting`,
    licence,
    trainingData: 'CelebA-HQ',
    paper: [
      { set: 'CelebA-HQ narrow', scores: { FID: '4.5967', LPIPS: '0.0769' }, protocol: 'paper-inpainting' },
      { set: 'CelebA-HQ wide', scores: { FID: '5.1440', LPIPS: '0.0918' }, protocol: 'paper-inpainting' },
    ],
  },
  {
    preset: 'inpainting-places-big',
    task: 'inpaint',
    scale: 1,
    title: 'inpainting, Places, the larger network',
    published: `${authors}/tree/master/DiffIR-inpainting`,
    licence,
    trainingData: 'Places-Challenge',
    paper: [],
  },
  {
    preset: 'sr-x4',
    task: 'sr',
    scale: 4,
    title: 'super-resolution ×4',
    published: `${authors}/tree/master/DiffIR-SRGAN`,
    licence,
    trainingData: 'photos shrunk bicubically, see the paper',
    paper: [
      { set: 'Set14', scores: { 'PSNR (Y)': '27.73 dB', LPIPS: '0.1117' }, protocol: 'paper-sr' },
      { set: 'Urban100', scores: { 'PSNR (Y)': '26.05 dB', LPIPS: '0.1007' }, protocol: 'paper-sr' },
      { set: 'Manga109', scores: { 'PSNR (Y)': '30.32 dB', LPIPS: '0.0463' }, protocol: 'paper-sr' },
      { set: 'General100', scores: { 'PSNR (Y)': '30.58 dB', LPIPS: '0.0717' }, protocol: 'paper-sr' },
      { set: 'DIV2K100', scores: { 'PSNR (Y)': '29.13 dB', LPIPS: '0.0871' }, protocol: 'paper-sr' },
    ],
  },
  realWorld(4, [
    {
      set: 'RealSRSet',
      scores: { LPIPS: '0.3527', DISTS: '0.1588', 'PSNR (Y)': '27.65 dB' },
      protocol: 'paper-real-sr',
    },
    {
      set: 'NTIRE2020 Track 1',
      scores: { LPIPS: '0.3088', DISTS: '0.1131', 'PSNR (Y)': '27.31 dB' },
      protocol: 'paper-real-sr',
    },
  ]),
  realWorld(2, []),
  realWorld(1, []),
];

function realWorld(scale: 1 | 2 | 4, paper: PublishedCheckpoint['paper']): PublishedCheckpoint {
  return {
    preset: `real-sr-x${scale}`,
    task: 'real-sr',
    scale,
    title: `real-world super-resolution ×${scale}`,
    published: `${authors}/tree/master/DiffIR-RealSR`,
    licence,
    trainingData: 'photos degraded by the Real-ESRGAN chain, see the paper',
    paper,
  };
}
