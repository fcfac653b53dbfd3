import type { Parameters } from '@diffir/core';
import type { DiffIRS1 } from '@diffir/models';
import type { Objective } from '../gradients/objective';
import type { ImageLoss } from '../losses/image-loss';
import { pixelLoss } from '../losses/pixel-loss';
import { weightedSum } from '../losses/weighted-sum';
import type { TrainingBatch } from './training-batch';

export interface Stage1Options {
  /** Built in `parameters`. */
  readonly network: DiffIRS1;
  readonly parameters: Parameters;
  readonly imageLosses?: readonly ImageLoss[];
}

/**
 * Stage 1: CPEN_S1 and DIRformer together, the IPR coming from LQ and GT (DiffIR §3.2). With L1 alone, the
 * default, the published loss of every stage-1 recipe but inpainting's.
 */
export function stage1Objective(options: Stage1Options): Objective<TrainingBatch> {
  const { network, parameters, imageLosses = [pixelLoss()] } = options;
  return {
    parameters,
    trains: () => true,
    prepare:
      ({ lq, gt }) =>
      () => {
        const output = network.dirformer.forward(lq, network.encoder.encode(lq, gt));
        return { ...weightedSum(imageLosses, { output, gt, lq }), output };
      },
  };
}
