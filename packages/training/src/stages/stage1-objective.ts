import type { Parameters } from '@diffir/core';
import type { DiffIRS1 } from '@diffir/models';
import type { Objective } from '../gradients/objective';
import { type GroundTruthKind, groundTruthOf } from '../losses/ground-truth';
import type { ImageLoss } from '../losses/image-loss';
import { pixelLoss } from '../losses/pixel-loss';
import { weightedSum } from '../losses/weighted-sum';
import type { TrainingBatch } from './training-batch';

export interface Stage1Options {
  /** Built in `parameters`. */
  readonly network: DiffIRS1;
  readonly parameters: Parameters;
  readonly imageLosses?: readonly ImageLoss[];
  /** Which ground truth CPEN_S1 sees. Default `plain`. */
  readonly encodes?: GroundTruthKind;
}

/**
 * Stage 1: CPEN_S1 and DIRformer together, the IPR coming from LQ and GT (DiffIR §3.2). With L1 alone, the
 * default, the published loss of every stage-1 recipe but inpainting's.
 */
export function stage1Objective(options: Stage1Options): Objective<TrainingBatch> {
  const { network, parameters, imageLosses = [pixelLoss()], encodes = 'plain' } = options;
  return {
    parameters,
    trains: () => true,
    prepare: (batch) => () => {
      const { lq } = batch;
      const output = network.dirformer.forward(lq, network.encoder.encode(lq, groundTruthOf(batch, encodes)));
      return { ...weightedSum(imageLosses, { ...batch, output }), output };
    },
  };
}
