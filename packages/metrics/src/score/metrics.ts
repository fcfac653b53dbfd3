/** Every metric here, by the name scores carry. */
export type MetricId = 'psnr' | 'ssim' | 'lpips' | 'dists' | 'niqe' | 'fid';

/** What is true of a metric whatever its settings. */
export interface MetricFacts {
  readonly name: string;
  /** What it is measured in, if in anything. */
  readonly unit?: 'dB';
  readonly better: 'higher' | 'lower';
  /** Decimals the literature prints. */
  readonly digits: number;
  /** What one score is of: a restored image beside its ground truth, an image alone, or two sets of images. */
  readonly of: 'pair' | 'image' | 'sets';
  readonly source: string;
}

/** The metrics, as plain data. */
export const metrics: Readonly<Record<MetricId, MetricFacts>> = {
  psnr: {
    name: 'PSNR',
    unit: 'dB',
    better: 'higher',
    digits: 2,
    of: 'pair',
    source: 'peak signal-to-noise ratio, peak = full scale',
  },
  ssim: {
    name: 'SSIM',
    better: 'higher',
    digits: 4,
    of: 'pair',
    source: 'Wang et al., Image quality assessment: from error visibility to structural similarity, 2004',
  },
  lpips: {
    name: 'LPIPS',
    better: 'lower',
    digits: 4,
    of: 'pair',
    source: 'Zhang et al., The unreasonable effectiveness of deep features as a perceptual metric, 2018',
  },
  dists: {
    name: 'DISTS',
    better: 'lower',
    digits: 4,
    of: 'pair',
    source: 'Ding et al., Image quality assessment: unifying structure and texture similarity, 2020',
  },
  niqe: {
    name: 'NIQE',
    better: 'lower',
    digits: 4,
    of: 'image',
    source: 'Mittal et al., Making a completely blind image quality analyzer, 2013',
  },
  fid: {
    name: 'FID',
    better: 'lower',
    digits: 4,
    of: 'sets',
    source: 'Heusel et al., GANs trained by a two time-scale update rule, 2017',
  },
};
