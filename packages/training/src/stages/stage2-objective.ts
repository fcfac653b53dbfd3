import type { Parameters } from '@diffir/core';
import type { DiffIRS2, GroundTruthEncoder } from '@diffir/models';
import { add, type Tensor2D } from '@tensorflow/tfjs';
import type { Losses, Objective } from '../gradients/objective';
import { type GroundTruthKind, groundTruthOf } from '../losses/ground-truth';
import type { ImageLoss } from '../losses/image-loss';
import { meanAbsoluteError } from '../losses/mean-absolute-error';
import { pixelLoss } from '../losses/pixel-loss';
import { priorDivergence } from '../losses/prior-divergence';
import { weightedSum } from '../losses/weighted-sum';
import type { DiffusionBatch } from './training-batch';
import { estimateTrainingPrior } from './training-prior';

/**
 * What of stage 2 is trained: `prior` CPEN_S2 and the denoiser alone, on the prior loss; `joint` these and
 * DIRformer, on the image losses and the prior loss.
 */
export type Stage2Phase = 'prior' | 'joint';

export interface Stage2Options {
  readonly phase: Stage2Phase;
  /** Built in `parameters`; its DIRformer starts from stage 1's (see `startStage2`). */
  readonly network: DiffIRS2;
  readonly parameters: Parameters;
  /** CPEN_S1 of stage 1, in frozen parameters of its own. */
  readonly teacher: GroundTruthEncoder;
  readonly imageLosses?: readonly ImageLoss[];
  /** Which ground truth the teacher sees. Default `plain`. */
  readonly encodes?: GroundTruthKind;
}

/** Stage 2: the diffusion model learns the teacher's IPR and DIRformer learns to use its estimate (DiffIR §3.3). */
export function stage2Objective(options: Stage2Options): Objective<DiffusionBatch> {
  const { phase, network, parameters, teacher, imageLosses = [pixelLoss()], encodes = 'plain' } = options;
  return {
    parameters,
    trains: (name) => phase === 'joint' || isPriorParameter(name),
    prepare(batch) {
      const { lq, noise } = batch;
      const target = teacher.encode(lq, groundTruthOf(batch, encodes));
      return () => {
        const estimate = estimateTrainingPrior(network.prior, lq, { target, noise });
        const prior = priorLosses(estimate, target);
        if (phase === 'prior') return prior;
        const output = network.dirformer.forward(lq, estimate);
        const image = weightedSum(imageLosses, { ...batch, output });
        const terms = { ...image.terms, ...prior.terms };
        return { total: add(image.total, prior.total), terms, output };
      };
    },
  };
}

/** The prior loss, L1 to the teacher's IPR; with it the divergence, which is logged only. */
function priorLosses(estimate: Tensor2D, teacher: Tensor2D): Losses {
  const total = meanAbsoluteError(estimate, teacher);
  return { total, terms: { prior: total, priorDivergence: priorDivergence(estimate, teacher) } };
}

/** Whether a published name belongs to CPEN_S2 or the denoiser. */
export function isPriorParameter(name: string): boolean {
  return name.startsWith('condition.') || name.startsWith('denoise.');
}
