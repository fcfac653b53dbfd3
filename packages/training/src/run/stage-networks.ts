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
import type { Objective } from '../gradients/objective';
import { pixelLoss } from '../losses/pixel-loss';
import { stage1Objective } from '../stages/stage1-objective';
import { type Stage2Phase, stage2Objective } from '../stages/stage2-objective';
import type { DiffusionBatch } from '../stages/training-batch';

export type Stage = 1 | 2;

/** What of a stage is being trained: all of it, or at first stage 2's prior alone. */
export type TrainingPhase = Stage2Phase;

interface StageNetworksOptions {
  readonly stage: Stage;
  readonly network: DiffIRStage2Options;
  readonly backend: RunningBackend;
  /** Factor of the pixel loss. */
  readonly pixelWeight?: number;
  /** Stage 1's checkpoint, for stage 2: its CPEN_S1 teaches. */
  readonly teacher?: NamedStateDict;
}

/** The networks of a stage with their parameters, and what is done with them. */
export interface StageNetworks {
  readonly parameters: Parameters;
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

async function buildStage1({ network: size, pixelWeight = 1 }: StageNetworksOptions): Promise<StageNetworks> {
  const parameters = createParameters({ trainable: true });
  const network = diffIRS1(parameters.root, size);
  const imageLosses = [pixelLoss({ weight: pixelWeight })];
  const objective = stage1Objective({ network, parameters, imageLosses });
  return {
    parameters,
    objective: () => objective,
    restore: (lq, gt) => network.dirformer.forward(lq, network.encoder.encode(lq, gt)),
    dispose: () => parameters.dispose(),
  };
}

async function buildStage2(options: StageNetworksOptions): Promise<StageNetworks> {
  const { network: size, pixelWeight = 1, teacher: checkpoint, backend } = options;
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
  const imageLosses = [pixelLoss({ weight: pixelWeight })];
  const shared = { network, parameters, teacher, imageLosses };
  const objectives = {
    prior: stage2Objective({ ...shared, phase: 'prior' }),
    joint: stage2Objective({ ...shared, phase: 'joint' }),
  };
  return {
    parameters,
    objective: (phase) => objectives[phase],
    restore(lq, _gt, noise = zeros([lq.shape[0], IPR_SIZE])) {
      return network.dirformer.forward(lq, estimatePrior(network.prior, lq, noise).ipr);
    },
    dispose() {
      parameters.dispose();
      frozen.dispose();
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
