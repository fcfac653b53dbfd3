import { type Image, ImageError, type RunningBackend, readTensor } from '@diffir/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { createFeatureStatistics } from '../fid/feature-statistics';
import { type PixelSettings, pixelSettings } from '../pixels/pixel-settings';
import { planesOf } from '../pixels/planes';
import type { Score } from '../score/score';
import { blockFeatures } from './block-features';
import { createAsymmetricFit } from './generalized-gaussian';
import { halve } from './halve';
import { mahalanobis } from './mahalanobis';
import { NIQE_FEATURES, type NiqeParameters } from './niqe-parameters';
import { normalizeContrast } from './normalize-contrast';
import { cutPlane, type Plane } from './plane';

const BLOCK = 96;

/** What a NIQE depends on. */
export type NiqeSettings = Pick<PixelSettings, 'border'> & {
  readonly channel: 'y, rounded';
  readonly blocks: '96×96';
  readonly resize: 'MATLAB bicubic ×0.5';
  /** Name of the parameter file. */
  readonly parameters: string;
};

export type NiqeScore = Score<'niqe', NiqeSettings>;

export type NiqeOptions = Partial<Pick<PixelSettings, 'border'>>;

/**
 * NIQE (Mittal et al. 2013) as in the authors' MATLAB code: luma of BT.601 rounded to 8 bits, 36 features of
 * each 96×96 block at two scales, distance of their mean and covariance from the model of pristine images.
 * What is left at the right and bottom of whole blocks is not looked at. In double precision.
 * @throws ImageError when fewer than two blocks are left inside the border, or they have no texture
 */
export function niqe(image: Image, parameters: NiqeParameters, { border = 0 }: NiqeOptions = {}): NiqeScore {
  const { mean, covariance } = featureStatistics(lumaBlocks(image, border));
  const difference = parameters.mean.map((value, index) => value - (mean[index] ?? 0));
  const pooled = parameters.covariance.map((value, index) => (value + (covariance[index] ?? 0)) / 2);
  return {
    metric: 'niqe',
    value: mahalanobis(difference, pooled),
    settings: {
      channel: 'y, rounded',
      border,
      blocks: '96×96',
      resize: 'MATLAB bicubic ×0.5',
      parameters: parameters.name,
    },
  };
}

/** NIQE of each image of a batch `[N,H,W,C]` with C = 1 or 3 and values in [0,1]; as `niqe`. */
export async function niqeOfBatch(
  backend: RunningBackend,
  batch: Tensor4D,
  parameters: NiqeParameters,
  options: NiqeOptions = {},
): Promise<readonly NiqeScore[]> {
  const [count, height, width, channels] = batch.shape;
  if (channels !== 1 && channels !== 3) {
    throw new ImageError({
      subject: 'batch',
      problem: `${channels} channels`,
      remedy: 'give 1 (gray) or 3 (RGB)',
    });
  }
  const values = await readTensor(backend, batch);
  const size = height * width * channels;
  return Array.from({ length: count }, (_, index) => {
    const data = values.slice(index * size, (index + 1) * size);
    return niqe({ data, width, height, channels }, parameters, options);
  });
}

/** Rounded luma, cut to whole blocks. */
function lumaBlocks(image: Image, border: number): Plane {
  const settings = pixelSettings({ channel: 'y', border });
  const { planes, ...size } = planesOf(image, settings);
  const [columns, rows] = [Math.floor(size.width / BLOCK), Math.floor(size.height / BLOCK)];
  if (columns * rows < 2) {
    throw new ImageError({
      subject: 'NIQE',
      problem: `${size.width}×${size.height} is less than two blocks of ${BLOCK}×${BLOCK}`,
      remedy: 'measure larger images',
    });
  }
  const values = planes[0]?.map(Math.round) ?? new Float64Array();
  return cutPlane({ ...size, values }, { x: 0, y: 0, width: columns * BLOCK, height: rows * BLOCK });
}

/**
 * Mean and covariance of the features of all blocks. A feature that some block does not have (no texture)
 * is left out of the mean for that block, and such a block out of the covariance, as MATLAB's nanmean and
 * nancov do.
 */
function featureStatistics(plane: Plane) {
  const features = multiscaleFeatures(plane);
  const mean = Float64Array.from({ length: NIQE_FEATURES }, (_, index) => {
    const known = features.map((block) => block[index] ?? Number.NaN).filter((value) => !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  const complete = features.filter((block) => block.every((value) => !Number.isNaN(value)));
  if (complete.length < 2) {
    throw new ImageError({
      subject: 'NIQE',
      problem: 'fewer than two blocks have any texture',
      remedy: 'measure photographs',
    });
  }
  const statistics = createFeatureStatistics(NIQE_FEATURES);
  for (const block of complete) statistics.add(block);
  return { mean, covariance: statistics.finish().covariance };
}

/** For each block its features at full and at half size. */
function multiscaleFeatures(plane: Plane): readonly (readonly number[])[] {
  const fit = createAsymmetricFit();
  const full = blocksOf(normalizeContrast(plane), BLOCK);
  const half = blocksOf(normalizeContrast(halve(plane)), BLOCK / 2);
  return full.map((block, index) => {
    const smaller = half[index];
    return [...blockFeatures(block, fit), ...(smaller ? blockFeatures(smaller, fit) : [])];
  });
}

function blocksOf(plane: Plane, side: number): readonly Plane[] {
  const [columns, rows] = [plane.width / side, plane.height / side];
  return Array.from({ length: columns * rows }, (_, index) =>
    cutPlane(plane, {
      x: (index % columns) * side,
      y: Math.floor(index / columns) * side,
      width: side,
      height: side,
    }),
  );
}
