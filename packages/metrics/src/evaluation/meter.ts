import { type Image, OptionError, type RunningBackend } from '@diffir/core';
import { loadDists } from '../dists/dists';
import type { GaussianStatistics } from '../fid/feature-statistics';
import { loadFid } from '../fid/fid';
import { loadLpips } from '../lpips/lpips';
import { niqe } from '../niqe/niqe';
import { readNiqeParameters } from '../niqe/niqe-parameters';
import { psnr } from '../psnr/psnr';
import type { Score } from '../score/score';
import { createSsim } from '../ssim/ssim';
import type { Weights } from '../weights/merge-weights';
import type { MetricRequest } from './metric-request';

/** A restored image and what it should have become, where that is known. */
export interface ImagePair {
  readonly restored: Image;
  readonly reference?: Image;
}

/** A metric at work. */
export interface Meter {
  /** Takes in an image; gives its score if the metric scores images one by one. */
  measure(pair: ImagePair): Promise<Score | undefined>;
  /** The score of all images taken in, if the metric scores sets. */
  finish(): Score | undefined;
  dispose(): void;
}

/** What a meter may need beside the request. */
export interface MeterParts {
  readonly backend: RunningBackend;
  /** Opened weight files, an empty list if there are none. */
  readonly weights: Weights;
  /** Statistics of the reference set of FID, in place of reference images. */
  readonly fidReference?: GaussianStatistics;
}

/** Starts a metric, loading what it needs. */
export async function createMeter(request: MetricRequest, parts: MeterParts): Promise<Meter> {
  const { backend, weights } = parts;
  switch (request.metric) {
    case 'psnr':
      return pairMeter('psnr', async (a, b) => psnr(a, b, request.settings));
    case 'ssim': {
      const ssim = createSsim(request.settings);
      return pairMeter('ssim', async (a, b) => ssim(a, b));
    }
    case 'lpips': {
      const { backbone = 'alex', samples = '8-bit' } = request.settings ?? {};
      const lpips = await loadLpips({ backend, weights, backbone });
      return pairMeter('lpips', (a, b) => lpips.compare(a, b, { samples }), lpips.dispose);
    }
    case 'dists': {
      const { samples = '8-bit' } = request.settings ?? {};
      const dists = await loadDists({ backend, weights });
      return pairMeter('dists', (a, b) => dists.compare(a, b, { samples }), dists.dispose);
    }
    case 'niqe': {
      const parameters = await readNiqeParameters(weights);
      return imageMeter(async (image) => niqe(image, parameters, request.settings));
    }
    case 'fid':
      return fidMeter(parts, request.settings?.samples ?? '8-bit');
  }
}

function pairMeter(
  metric: string,
  compare: (reference: Image, restored: Image) => Promise<Score>,
  dispose: () => void = () => {},
): Meter {
  return {
    measure: async ({ reference, restored }) => compare(needed(reference, metric), restored),
    finish: () => undefined,
    dispose,
  };
}

function imageMeter(measure: (image: Image) => Promise<Score>): Meter {
  return { measure: ({ restored }) => measure(restored), finish: () => undefined, dispose: () => {} };
}

async function fidMeter(
  { backend, weights, fidReference }: MeterParts,
  samples: '8-bit' | 'float',
): Promise<Meter> {
  const fid = await loadFid({ backend, weights, samples });
  const [references, restored] = [fid.createSet(), fid.createSet()];
  return {
    async measure(pair) {
      if (fidReference === undefined) await references.add(needed(pair.reference, 'fid'));
      await restored.add(pair.restored);
      return undefined;
    },
    finish: () => fid.compare(fidReference ?? references.finish(), restored.finish()),
    dispose: fid.dispose,
  };
}

function needed(reference: Image | undefined, metric: string): Image {
  if (reference !== undefined) return reference;
  throw new OptionError({
    subject: metric,
    problem: 'it compares with ground truth, and there is none for this image',
    remedy: 'give the ground truth, or ask for a metric that needs none (niqe)',
  });
}
