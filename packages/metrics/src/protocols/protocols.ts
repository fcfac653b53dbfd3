import type { MetricRequest } from '../evaluation/metric-request';

/** How a published table was measured; plain data. */
export interface Protocol {
  readonly description: string;
  /** The images it was measured on. */
  readonly testSets: readonly string[];
  /** References are cropped to a multiple of this. */
  readonly modCrop: number;
  /** The table's columns. */
  readonly metrics: readonly MetricRequest[];
}

/** The protocols, by name. */
export type ProtocolId = 'paper-inpainting' | 'paper-sr' | 'paper-real-sr' | 'paper-deblurring';

/**
 * Protocols of the tables of the DiffIR paper (Xia et al., ICCV 2023). Settings that the paper leaves open
 * are those of the evaluation scripts published with it. Everything is measured on 8-bit images.
 */
export const protocols: Readonly<Record<ProtocolId, Protocol>> = {
  'paper-inpainting': {
    description: 'inpainting: FID and LPIPS over VGG16 as in the evaluation of LaMa, RGB, whole images',
    testSets: ['Places narrow', 'Places wide', 'CelebA-HQ narrow', 'CelebA-HQ wide'],
    modCrop: 1,
    metrics: [
      { metric: 'fid', settings: { samples: '8-bit' } },
      { metric: 'lpips', settings: { backbone: 'vgg', samples: '8-bit' } },
    ],
  },
  'paper-sr': {
    description: 'super-resolution ×4: PSNR on Y with a border of 4, LPIPS over AlexNet on whole RGB images',
    testSets: ['Set14', 'Urban100', 'Manga109', 'General100', 'DIV2K100'],
    modCrop: 4,
    metrics: [
      { metric: 'psnr', settings: { channel: 'y', border: 4, samples: '8-bit' } },
      { metric: 'lpips', settings: { backbone: 'alex', samples: '8-bit' } },
    ],
  },
  'paper-real-sr': {
    description:
      'real-world super-resolution ×4: LPIPS over VGG16, DISTS at full size, PSNR on Y with a border of 4',
    testSets: ['RealSRSet', 'NTIRE2020 Track 1'],
    modCrop: 4,
    metrics: [
      { metric: 'lpips', settings: { backbone: 'vgg', samples: '8-bit' } },
      { metric: 'dists', settings: { samples: '8-bit' } },
      { metric: 'psnr', settings: { channel: 'y', border: 4, samples: '8-bit' } },
    ],
  },
  'paper-deblurring': {
    description: 'motion deblurring: PSNR and SSIM on RGB, nothing cropped',
    testSets: ['GoPro', 'HIDE'],
    modCrop: 1,
    metrics: [
      { metric: 'psnr', settings: { channel: 'rgb', border: 0, samples: '8-bit' } },
      { metric: 'ssim', settings: { channel: 'rgb', border: 0, samples: '8-bit' } },
    ],
  },
};
