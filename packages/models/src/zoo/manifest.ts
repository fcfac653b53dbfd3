import type { MeasuredScore, PaperScore, PublishedCheckpoint, ZooModel } from './zoo-model';

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
  },
  {
    name: 'sr-x4-small',
    task: 'sr',
    scale: 4,
    description: 'small ×4 super-resolution network for clean pictures, briefly trained',
    location: { file: 'sr-x4-small.safetensors' },
    bytes: 6_437_468,
    sha256: '131362199307e02d916fe6091a0086bdb069003b360a46537a38a4de6ea44277',
    licence: 'Apache-2.0; trained on BSDS500 photos (research use)',
    trainingData: '400 photos (BSDS500 train and test), shrunk bicubically',
    scores: [
      enlarged('set5/HR', {
        set: 'Set5, shrunk bicubically',
        images: 5,
        scores: { PSNR: '30.24 dB', SSIM: '0.8572', LPIPS: '0.2213' },
        input: { PSNR: '28.43 dB', SSIM: '0.8113', LPIPS: '0.3406' },
      }),
      enlarged('set14', {
        set: 'Set14 (converted to PNG), shrunk bicubically',
        images: 14,
        scores: { PSNR: '27.37 dB', SSIM: '0.7497', LPIPS: '0.3356' },
        input: { PSNR: '26.09 dB', SSIM: '0.7049', LPIPS: '0.4401' },
      }),
      enlarged('bsd100', {
        set: 'BSD100, shrunk bicubically',
        images: 100,
        scores: { PSNR: '26.84 dB', SSIM: '0.7104', LPIPS: '0.4314' },
        input: { PSNR: '25.96 dB', SSIM: '0.6682', LPIPS: '0.5257' },
      }),
      enlarged('urban100-10', {
        set: 'Urban100 (the first ten), shrunk bicubically',
        images: 10,
        scores: { PSNR: '24.74 dB', SSIM: '0.7358', LPIPS: '0.3422' },
        input: { PSNR: '23.66 dB', SSIM: '0.6809', LPIPS: '0.4713' },
      }),
      enlarged('kodak24', {
        set: 'Kodak24 (500×500), shrunk bicubically',
        images: 24,
        scores: { PSNR: '27.72 dB', SSIM: '0.7466', LPIPS: '0.3852' },
        input: { PSNR: '26.87 dB', SSIM: '0.7114', LPIPS: '0.4708' },
      }),
    ],
  },
];

/** A score of the deblurring model, by the protocol of the paper's tables. */
function deblurred(images: string, score: Omit<MeasuredScore, 'command'>): MeasuredScore {
  return { ...score, command: `diffir eval ${images} --model deblur-small --protocol paper-deblurring` };
}

/** A score of the super-resolution model on pictures shrunk bicubically, as papers measure it. */
function enlarged(folder: string, score: Omit<MeasuredScore, 'command'>): MeasuredScore {
  const images = `--gt <data>/${folder} --task sr --degrade bicubic --scale 4`;
  const metrics = '--metrics psnr,ssim,lpips --metric-weights <data>/metrics';
  return {
    ...score,
    command: `diffir eval ${images} --model sr-x4-small --protocol paper-sr ${metrics}`,
  };
}

const inpainting = { task: 'inpaint', folder: 'DiffIR-inpainting' } as const;
const authors = 'https://github.com/Zj-BinXia/DiffIR';

/** The checkpoints of the paper's authors. They come from where their authors put them, not from here. */
export const publishedCheckpoints: readonly PublishedCheckpoint[] = [
  published({
    preset: 'motion-deblurring',
    task: 'deblur',
    title: 'motion deblurring',
    folder: 'DiffIR-demotionblur',
    trainingData: 'GoPro',
    paper: table('paper-deblurring', {
      GoPro: { PSNR: '33.20 dB', SSIM: '0.963' },
      HIDE: { PSNR: '31.55 dB', SSIM: '0.947' },
    }),
  }),
  published({
    ...{ preset: 'inpainting-places', ...inpainting },
    title: 'inpainting, Places',
    trainingData: 'Places-Standard',
    paper: table('paper-inpainting', {
      'Places narrow': { FID: '0.4913', LPIPS: '0.0758' },
      'Places wide': { FID: '1.9788', LPIPS: '0.1306' },
    }),
  }),
  published({
    ...{ preset: 'inpainting-celebahq', ...inpainting },
    title: 'inpainting, faces',
    trainingData: 'CelebA-HQ',
    paper: table('paper-inpainting', {
      'CelebA-HQ narrow': { FID: '4.5967', LPIPS: '0.0769' },
      'CelebA-HQ wide': { FID: '5.1440', LPIPS: '0.0918' },
    }),
  }),
  published({
    ...{ preset: 'inpainting-places-big', ...inpainting },
    title: 'inpainting, Places, the larger network',
    trainingData: 'Places-Challenge',
  }),
  published({
    preset: 'sr-x4',
    task: 'sr',
    scale: 4,
    title: 'super-resolution ×4',
    folder: 'DiffIR-SRGAN',
    trainingData: 'photos shrunk bicubically, see the paper',
    paper: table('paper-sr', {
      Set14: { 'PSNR (Y)': '27.73 dB', LPIPS: '0.1117' },
      Urban100: { 'PSNR (Y)': '26.05 dB', LPIPS: '0.1007' },
      Manga109: { 'PSNR (Y)': '30.32 dB', LPIPS: '0.0463' },
      General100: { 'PSNR (Y)': '30.58 dB', LPIPS: '0.0717' },
      DIV2K100: { 'PSNR (Y)': '29.13 dB', LPIPS: '0.0871' },
    }),
  }),
  realWorld(
    4,
    table('paper-real-sr', {
      RealSRSet: { LPIPS: '0.3527', DISTS: '0.1588', 'PSNR (Y)': '27.65 dB' },
      'NTIRE2020 Track 1': { LPIPS: '0.3088', DISTS: '0.1131', 'PSNR (Y)': '27.31 dB' },
    }),
  ),
  realWorld(2),
  realWorld(1),
];

interface PublishedEntry
  extends Pick<PublishedCheckpoint, 'preset' | 'task' | 'title' | 'trainingData'>,
    Partial<Pick<PublishedCheckpoint, 'scale' | 'paper'>> {
  /** Of the authors' repository. */
  readonly folder: string;
}

function published({ folder, scale = 1, paper = [], ...entry }: PublishedEntry): PublishedCheckpoint {
  const { preset, task, title, trainingData } = entry;
  return {
    ...{ preset, task, scale, title },
    published: `${authors}/tree/master/${folder}`,
    licence: `its authors' terms, see ${authors}`,
    ...{ trainingData, paper },
  };
}

function realWorld(scale: 1 | 2 | 4, paper: readonly PaperScore[] = []): PublishedCheckpoint {
  return published({
    ...{ preset: `real-sr-x${scale}`, task: 'real-sr', scale, paper },
    title: `real-world super-resolution ×${scale}`,
    folder: 'DiffIR-RealSR',
    trainingData: 'photos degraded by the Real-ESRGAN chain, see the paper',
  });
}

/** Rows of one of the paper's tables, by test set. */
function table(
  protocol: string,
  rows: Readonly<Record<string, PaperScore['scores']>>,
): readonly PaperScore[] {
  return Object.entries(rows).map(([set, scores]) => ({ set, scores, protocol }));
}
