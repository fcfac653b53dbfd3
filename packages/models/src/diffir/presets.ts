import { linearSchedule } from '@diffir/core';
import type { DiffIRStage2Options } from './options';

const common = {
  outputChannels: 3,
  heads: [1, 2, 4, 8],
  bias: false,
  denoiserLayers: 1,
  schedule: linearSchedule({ timesteps: 4, linearStart: 0.1, linearEnd: 0.99 }),
} as const;

const deblurring: DiffIRStage2Options = {
  ...common,
  inputChannels: 3,
  dim: 48,
  blocks: [3, 5, 6, 6],
  refinementBlocks: 4,
  ffnExpansionFactor: 2,
  layerNorm: 'WithBias',
  head: { kind: 'residual' },
  encoderResidualBlocks: 5,
};

const inpainting: DiffIRStage2Options = {
  ...common,
  inputChannels: 4,
  dim: 52,
  blocks: [1, 1, 1, 9],
  refinementBlocks: 0,
  ffnExpansionFactor: 1.8,
  layerNorm: 'WithBias',
  head: { kind: 'direct' },
  encoderResidualBlocks: 5,
};

function superResolution(scale: 1 | 2 | 4): DiffIRStage2Options {
  return {
    ...common,
    inputChannels: 3,
    dim: 64,
    blocks: [13, 1, 1, 1],
    refinementBlocks: 13,
    ffnExpansionFactor: 2.2,
    layerNorm: 'BiasFree',
    head: { kind: 'upsample', scale },
    encoderResidualBlocks: 9,
  };
}

/** The published configurations, by the names their option files go by. */
export const stage2Presets = {
  'motion-deblurring': deblurring,
  'inpainting-places': inpainting,
  'inpainting-celebahq': inpainting,
  'inpainting-places-big': { ...inpainting, blocks: [1, 1, 1, 20], encoderResidualBlocks: 8 },
  'sr-x4': superResolution(4),
  'real-sr-x4': superResolution(4),
  'real-sr-x2': superResolution(2),
  'real-sr-x1': superResolution(1),
} as const satisfies { readonly [name: string]: DiffIRStage2Options };
