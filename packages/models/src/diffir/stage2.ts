import type { ParameterScope, PriorEstimator } from '@diffir/core';
import { type CostModel, cpenS2, IPR_SIZE } from '../cpen/cpen';
import { denoiser } from '../denoiser/denoiser';
import { type DIRformer, dirformer } from '../dirformer/dirformer';
import { cpenShuffle } from '../dirformer/lq-shuffle';
import type { DiffIRStage2Options } from './options';

/** The three networks of stage 2: CPEN_S2 and the denoiser estimate the IPR, DIRformer restores with it. */
export interface DiffIRS2 extends CostModel {
  readonly prior: PriorEstimator;
  readonly dirformer: DIRformer;
}

/** DiffIR_S2 (§3.3): parameters `G.*` (DIRformer), `condition.*` (CPEN_S2) and `denoise.*`. */
export function diffIRS2(p: ParameterScope, options: DiffIRStage2Options): DiffIRS2 {
  const { inputChannels, encoderResidualBlocks: residualBlocks, denoiserLayers, schedule } = options;
  const network = dirformer(p.scope('G'), options, IPR_SIZE);
  const shuffle = cpenShuffle(options.head);
  const encoder = cpenS2(p.scope('condition'), { inputChannels, shuffle, residualBlocks });
  const denoising = denoiser(p.scope('denoise'), {
    iprSize: IPR_SIZE,
    residualLayers: denoiserLayers,
    timesteps: schedule.timesteps,
  });
  return {
    prior: { encoder, denoiser: denoising, schedule },
    dirformer: network,
    macs: (height, width) =>
      encoder.macs(height, width) + schedule.timesteps * denoising.macs + network.macs(height, width),
  };
}
