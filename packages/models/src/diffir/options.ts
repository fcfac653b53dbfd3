import type { DiffusionSchedule, Json } from '@diffir/core';
import { type DIRformerOptions, embeddedChannels } from '../dirformer/options';

/** Everything that fixes a DiffIR network of either stage. */
export interface DiffIROptions extends DIRformerOptions {
  /** Residual blocks in CPEN. */
  readonly encoderResidualBlocks: number;
}

/** What stage 2 adds. */
export interface DiffIRStage2Options extends DiffIROptions {
  /** Linear layers of the denoiser after its first. */
  readonly denoiserLayers: number;
  readonly schedule: DiffusionSchedule;
}

/** Output size over input size. */
export function scaleOf({ head }: DIRformerOptions): number {
  return head.kind === 'upsample' ? head.scale : 1;
}

/** The options under the names of the published option files. */
export function publishedOptions(options: DiffIROptions): { readonly [key: string]: Json } {
  return {
    n_encoder_res: options.encoderResidualBlocks,
    scale: scaleOf(options),
    inp_channels: embeddedChannels(options),
    out_channels: options.outputChannels,
    dim: options.dim,
    num_blocks: options.blocks,
    num_refinement_blocks: options.refinementBlocks,
    heads: options.heads,
    ffn_expansion_factor: options.ffnExpansionFactor,
    bias: options.bias,
    LayerNorm_type: options.layerNorm,
  };
}

/** The options of stage 2 under the names of the published option files. */
export function publishedStage2Options(options: DiffIRStage2Options): { readonly [key: string]: Json } {
  const { timesteps, betas } = options.schedule;
  return {
    ...publishedOptions(options),
    n_denoise_res: options.denoiserLayers,
    timesteps,
    linear_start: round(betas[0] ?? 0),
    linear_end: round(betas[timesteps - 1] ?? 0),
  };
}

/** Drops the digits below float32, in which checkpoints store β. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}
