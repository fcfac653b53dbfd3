import { deblurSmall } from './deblur-small';
import { inpaintSmall } from './inpaint-small';
import { realSrX4Small } from './real-sr-x4-small';
import { srX4Small } from './sr-x4-small';
import type { PaperScore, PublishedCheckpoint, ZooModel } from './zoo-model';

/** The weight files that can be used by name. */
export const zooModels: readonly ZooModel[] = [deblurSmall, srX4Small, realSrX4Small, inpaintSmall];

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
