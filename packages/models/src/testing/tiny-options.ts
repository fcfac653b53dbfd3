import { linearSchedule } from '@diffir/core';
import type { DiffIRStage2Options } from '../diffir/options';
import type { Head } from '../dirformer/options';

/** The smallest DiffIR_S2 with a given head: every part is there once, widths are minimal. */
export function tinyOptions(head: Head, overrides: Partial<DiffIRStage2Options> = {}): DiffIRStage2Options {
  return {
    inputChannels: head.kind === 'direct' || head.kind === 'filled' ? 4 : 3,
    outputChannels: 3,
    dim: 8,
    blocks: [1, 1, 1, 1],
    refinementBlocks: 1,
    heads: [1, 2, 4, 8],
    ffnExpansionFactor: 2.2,
    bias: false,
    layerNorm: 'WithBias',
    head,
    encoderResidualBlocks: 1,
    denoiserLayers: 1,
    schedule: linearSchedule(),
    ...overrides,
  };
}
