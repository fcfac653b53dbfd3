import { CheckpointError } from '@diffir/core';

/** The files that metrics read beside the images. None of them comes with this package. */
export type WeightFileId = 'lpips-alex' | 'lpips-squeeze' | 'lpips-vgg' | 'dists' | 'niqe' | 'inception-fid';

/** What a metric needs from outside. */
export interface WeightFile {
  /** Tensors by name, for people. */
  readonly holds: string;
  /** Where its authors publish it, in one clause. */
  readonly published: string;
}

const lpipsHolds = (backbone: string) =>
  `features.* of torchvision's ${backbone} and lin*.weight of LPIPS v0.1`;
const lpipsPublished = (backbone: string, file: string) =>
  `torchvision's ${backbone} (ImageNet) together with lpips/weights/v0.1/${file}.pth of richzhang/PerceptualSimilarity`;

/** Each weight file, as plain data. Where two files are named, either both are given or one that holds all. */
export const weightFiles: Readonly<Record<WeightFileId, WeightFile>> = {
  'lpips-alex': { holds: lpipsHolds('alexnet'), published: lpipsPublished('alexnet', 'alex') },
  'lpips-squeeze': {
    holds: lpipsHolds('squeezenet1_1'),
    published: lpipsPublished('squeezenet1_1', 'squeeze'),
  },
  'lpips-vgg': { holds: lpipsHolds('vgg16'), published: lpipsPublished('vgg16', 'vgg') },
  dists: {
    holds: "features.* of torchvision's vgg16 and DISTS's alpha and beta",
    published: "torchvision's vgg16 (ImageNet) together with DISTS_pytorch/weights.pt of dingkeyan93/DISTS",
  },
  niqe: {
    holds: 'mu_pris_param [1,36] and cov_pris_param [36,36], the model of pristine images',
    published: 'basicsr/metrics/niqe_pris_params.npz of XPixelGroup/BasicSR',
  },
  'inception-fid': {
    holds: 'Conv2d_*, Mixed_* of the Inception network that FID is defined on',
    published: 'pt_inception-2015-12-05-6726825d.pth, a release of mseitzer/pytorch-fid',
  },
};

/** The error for a weight file that is not there: says which one and where it is published. */
export function missingWeights(id: WeightFileId): CheckpointError {
  return new CheckpointError({
    subject: id,
    problem: `no weights are given; they hold ${weightFiles[id].holds}`,
    remedy: `get ${weightFiles[id].published}`,
  });
}
