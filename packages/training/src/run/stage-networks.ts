import {
  compareParameters,
  createParameters,
  describeDifferences,
  estimatePrior,
  fits,
  ModelMismatchError,
  type NamedStateDict,
  type Parameters,
  type RunningBackend,
  withBackend,
} from '@diffir/core';
import { type DiffIRStage2Options, diffIRS1, diffIRS2, IPR_SIZE } from '@diffir/models';
import { type Tensor2D, type Tensor4D, zeros } from '@tensorflow/tfjs';
import type { LossesConfig } from '../config/losses-config';
import { targetOf } from '../config/sharpened-targets';

import type { Objective } from '../gradients/objective';
import type { GroundTruthKind } from '../losses/ground-truth';
import type { ImageLoss } from '../losses/image-loss';
import { judgedLosses, type LossNetworks, plainLosses } from '../losses/image-losses';
import { stage1Objective } from '../stages/stage1-objective';
import { type Stage2Phase, stage2Objective } from '../stages/stage2-objective';
import type { DiffusionBatch } from '../stages/training-batch';
import { type Adversary, buildAdversary } from './adversary';

export type Stage = 1 | 2;

/** What of a stage is trained: at first stage 2's prior alone; all of it; all of it against a discriminator. */
export type TrainingPhase = Stage2Phase | 'adversarial';

interface StageNetworksOptions {
  readonly stage: Stage;
  readonly network: DiffIRStage2Options;
  readonly backend: RunningBackend;
  readonly losses: LossesConfig;
  /** What losses look through; freed with the stage. */
  readonly lossNetworks?: LoadedLossNetworks;
  /** Stage 1's checkpoint, for stage 2: its CPEN_S1 teaches. */
  readonly teacher?: NamedStateDict;
}

/** Networks that losses look through, with their weights. */
export type LoadedLossNetworks = {
  readonly [Loss in keyof LossNetworks]: LossNetworks[Loss] & { dispose(): void };
};

/** The networks of a stage with their parameters, and what is done with them. */
export interface StageNetworks {
  readonly parameters: Parameters;
  /** The discriminator that is trained beside them. */
  readonly adversary?: Adversary;
  objective(phase: TrainingPhase): Objective<DiffusionBatch>;
  /**
   * The network's answer `[N,H·s,W·s,3]`, not clamped: in stage 1 with the IPR that the ground truth gives, in
   * stage 2 with the IPR that it estimates from z_T (zeros without `noise`).
   */
  restore(lq: Tensor4D, gt: Tensor4D, noise?: Tensor2D): Tensor4D;
  /** Frees every tensor. */
  dispose(): void;
}

/**
 * Builds a stage's networks; the parameters' values are the caller's to set, the teacher's are loaded.
 * @throws ModelMismatchError when the teacher is of another shape
 */
export async function buildStage(options: StageNetworksOptions): Promise<StageNetworks> {
  return options.stage === 1 ? buildStage1(options) : buildStage2(options);
}

async function buildStage1({ network: size, ...options }: StageNetworksOptions): Promise<StageNetworks> {
  const parameters = createParameters({ trainable: true });
  const network = diffIRS1(parameters.root, size);
  const { adversary, encodes, lossesOf, dispose } = buildLosses(options);
  return {
    parameters,
    ...(adversary && { adversary }),
    objective: (phase) => stage1Objective({ network, parameters, imageLosses: lossesOf(phase), encodes }),
    restore: (lq, gt) => network.dirformer.forward(lq, network.encoder.encode(lq, gt)),
    dispose() {
      parameters.dispose();
      dispose();
    },
  };
}

async function buildStage2(options: StageNetworksOptions): Promise<StageNetworks> {
  const { network: size, teacher: checkpoint, backend } = options;
  if (checkpoint === undefined) {
    throw new ModelMismatchError({
      subject: 'stage 2',
      problem: 'it has no teacher',
      remedy: 'give the checkpoint of stage 1',
    });
  }
  const frozen = createParameters();
  const teacher = diffIRS1(frozen.root, size).encoder;
  await loadStrictly(frozen, checkpoint, backend);
  const parameters = createParameters({ trainable: true });
  const network = diffIRS2(parameters.root, size);
  const { adversary, encodes, lossesOf, dispose } = buildLosses(options);
  return {
    parameters,
    ...(adversary && { adversary }),
    objective: (phase) =>
      stage2Objective({
        phase: phase === 'prior' ? phase : 'joint',
        network,
        parameters,
        teacher,
        imageLosses: lossesOf(phase),
        encodes,
      }),
    restore(lq, _gt, noise = zeros([lq.shape[0], IPR_SIZE])) {
      return network.dirformer.forward(lq, estimatePrior(network.prior, lq, noise).ipr);
    },
    dispose() {
      parameters.dispose();
      frozen.dispose();
      dispose();
    },
  };
}

interface StageLosses {
  readonly adversary: Adversary | undefined;
  /** Which ground truth CPEN_S1 sees: that of the pixel loss, as in the published code. */
  readonly encodes: GroundTruthKind;
  /** What each step of a phase minimises over images; to be asked for anew at each step. */
  lossesOf(phase: TrainingPhase): readonly ImageLoss[];
  dispose(): void;
}

function buildLosses({
  losses,
  lossNetworks = {},
}: Pick<StageNetworksOptions, 'losses' | 'lossNetworks'>): StageLosses {
  const adversary = buildAdversary(losses);
  return {
    adversary,
    encodes: targetOf(losses.pixel),
    lossesOf(phase) {
      const plain = plainLosses(losses, lossNetworks);
      if (phase !== 'adversarial' || adversary === undefined) return plain;
      return [...plain, ...judgedLosses(losses, adversary.discriminator)];
    },
    dispose() {
      adversary?.dispose();
      for (const network of Object.values(lossNetworks)) network?.dispose();
    },
  };
}

async function loadStrictly(
  parameters: Parameters,
  { name, stateDict }: NamedStateDict,
  backend: RunningBackend,
): Promise<void> {
  const differences = compareParameters(parameters, stateDict);
  if (!fits(differences)) {
    throw new ModelMismatchError({
      subject: name,
      problem: `it is no stage-1 checkpoint of this network: ${describeDifferences(differences)}`,
      remedy: 'give the checkpoint of a stage 1 that was trained with the same model options',
    });
  }
  await parameters.load(stateDict, (compute) => withBackend(backend, compute));
}
