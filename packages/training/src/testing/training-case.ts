import { readFile } from 'node:fs/promises';
import { bytesSource, linearSchedule, openCheckpoint, type StateDict } from '@diffir/core';
import type { DiffIRStage2Options } from '@diffir/models';
import { tensor2d, tensor4d, transpose } from '@tensorflow/tfjs';
import { sharedPath } from '../../../../tools/shared';
import type { DiffusionBatch } from '../stages/training-batch';

/** What the reference recorded about the gradient of one parameter. */
export interface RecordedGradient {
  readonly norm: number;
  readonly sum: number;
  readonly first: readonly number[];
}

/** The losses of one step of stage 2. */
interface RecordedLosses {
  readonly total: number;
  readonly pixel: number;
  readonly prior_l1: number;
  readonly prior_kl: number;
}

/** A `train.json` of the reference data. */
export interface RecordedTraining {
  readonly adam: { readonly lr: number; readonly betas: readonly [number, number]; readonly eps: number };
  readonly stage1_grads: Readonly<Record<string, RecordedGradient>>;
  readonly stage1_loss_curve: readonly number[];
  readonly stage2_prior_grads: Readonly<Record<string, RecordedGradient>>;
  readonly stage2_prior_curve: readonly RecordedLosses[];
  readonly stage2_joint_grads: Readonly<Record<string, RecordedGradient>>;
  readonly stage2_joint_curve: readonly RecordedLosses[];
}

/** A case with a recorded training run, opened. */
export interface TrainingCase {
  readonly recorded: RecordedTraining;
  readonly options: DiffIRStage2Options;
  readonly tensors: StateDict;
  readonly stage1: StateDict;
  readonly stage2: StateDict;
  /** The fixed batch, as tensors on the current backend. */
  batch(): DiffusionBatch;
}

/** Reads a case of `../shared/parity`. */
export async function readTrainingCase(name: string): Promise<TrainingCase> {
  const read = async (file: string) => {
    const path = sharedPath('parity', name, file);
    return (await openCheckpoint(bytesSource(path, await readFile(path)))).stateDict;
  };
  const tensors = await read('train.safetensors');
  const lq = await loadImage(tensors, 'lq');
  const gt = await loadImage(tensors, 'gt');
  const noise = await valuesOf(tensors, 'noise');
  const config = JSON.parse(await readFile(sharedPath('parity', name, 'config.json'), 'utf8'));
  return {
    options: toOptions(config),
    recorded: JSON.parse(await readFile(sharedPath('parity', name, 'train.json'), 'utf8')),
    tensors,
    stage1: await read('stage1.pth'),
    stage2: await read('stage2.pth'),
    batch: () => ({ lq: lq(), gt: gt(), noise: tensor2d(noise, [noise.length / 256, 256]) }),
  };
}

/** A recorded tensor's values. */
export async function valuesOf(stateDict: StateDict, name: string): Promise<Float32Array> {
  const stored = stateDict.get(name);
  if (stored === undefined) throw new Error(`the case records no ${name}`);
  return stored.load();
}

/** A recorded `[N,C,H,W]` image as `[N,H,W,C]`. */
async function loadImage(stateDict: StateDict, name: string) {
  const [n = 0, c = 0, h = 0, w = 0] = stateDict.get(name)?.shape ?? [];
  const values = await valuesOf(stateDict, name);
  return () => transpose(tensor4d(values, [n, c, h, w]), [0, 2, 3, 1]);
}

/** The fields of a case's `config.json`. */
interface RecordedConfig {
  readonly scale: 1 | 2 | 4;
  readonly network: {
    readonly n_encoder_res: number;
    readonly inp_channels: number;
    readonly out_channels: number;
    readonly dim: number;
    readonly num_blocks: DiffIRStage2Options['blocks'];
    readonly num_refinement_blocks: number;
    readonly heads: DiffIRStage2Options['heads'];
    readonly ffn_expansion_factor: number;
    readonly bias: boolean;
    readonly LayerNorm_type: DiffIRStage2Options['layerNorm'];
    readonly n_denoise_res: number;
    readonly linear_start: number;
    readonly linear_end: number;
    readonly timesteps: number;
  };
}

function toOptions({ scale, network }: RecordedConfig): DiffIRStage2Options {
  return {
    inputChannels: network.inp_channels,
    outputChannels: network.out_channels,
    dim: network.dim,
    blocks: network.num_blocks,
    refinementBlocks: network.num_refinement_blocks,
    heads: network.heads,
    ffnExpansionFactor: network.ffn_expansion_factor,
    bias: network.bias,
    layerNorm: network.LayerNorm_type,
    head: scale === 1 ? { kind: 'residual' } : { kind: 'upsample', scale },
    encoderResidualBlocks: network.n_encoder_res,
    denoiserLayers: network.n_denoise_res,
    schedule: linearSchedule({
      timesteps: network.timesteps,
      linearStart: network.linear_start,
      linearEnd: network.linear_end,
    }),
  };
}
