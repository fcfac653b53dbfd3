import type { ParameterScope } from '@diffir/core';
import { type CostModel, cpenS1, type GroundTruthEncoder, IPR_SIZE } from '../cpen/cpen';
import { type DIRformer, dirformer } from '../dirformer/dirformer';
import { cpenShuffle } from '../dirformer/lq-shuffle';
import type { DiffIROptions } from './options';

/** Both networks of stage 1: CPEN_S1 makes the IPR from LQ and GT, DIRformer restores with it. */
export interface DiffIRS1 extends CostModel {
  readonly encoder: GroundTruthEncoder;
  readonly dirformer: DIRformer;
}

/** DiffIR_S1 (§3.2): parameters `E.*` (CPEN_S1) and `G.*` (DIRformer). */
export function diffIRS1(p: ParameterScope, options: DiffIROptions): DiffIRS1 {
  const { inputChannels, outputChannels: gtChannels, encoderResidualBlocks: residualBlocks } = options;
  const network = dirformer(p.scope('G'), options, IPR_SIZE);
  const shuffle = cpenShuffle(options.head);
  const encoder = cpenS1(p.scope('E'), { inputChannels, gtChannels, shuffle, residualBlocks });
  return {
    encoder,
    dirformer: network,
    macs: (height, width) => encoder.macs(height, width) + network.macs(height, width),
  };
}
