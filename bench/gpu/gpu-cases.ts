import type { ModelBlueprint } from '@diffir/core';
import { stage2Blueprint, stage2Presets } from '@diffir/models';

/** A published preset at a size of its input. */
export interface GpuCase {
  readonly preset: string;
  readonly height: number;
  readonly width: number;
}

/** The table's columns for machines without a GPU, and deblurring at 720p. */
export const defaultCases =
  'motion-deblurring:256x256,sr-x4:64x64,inpainting-places:256x256,motion-deblurring:720x1280';

/** @throws RangeError for an unknown preset or anything but `preset:HxW`, separated by commas */
export function parseCases(text: string): GpuCase[] {
  return text.split(',').map((each) => {
    const [, preset, height, width] = /^([\w-]+):(\d+)x(\d+)$/.exec(each) ?? [];
    if (preset === undefined) throw new RangeError(`"${each}": write a case as preset:HxW`);
    presetBlueprint(preset);
    return { preset, height: Number(height), width: Number(width) };
  });
}

/** The published presets, and a network small enough to see on an emulated GPU whether all of this runs. */
const presets = {
  ...stage2Presets,
  trial: {
    ...stage2Presets['motion-deblurring'],
    dim: 8,
    blocks: [1, 1, 1, 1],
    refinementBlocks: 0,
    encoderResidualBlocks: 0,
    denoiserLayers: 1,
  },
} as const;

/** @throws RangeError for an unknown preset */
export function presetBlueprint(preset: string): ModelBlueprint {
  const options = Object.entries(presets).find(([name]) => name === preset)?.[1];
  if (options !== undefined) return stage2Blueprint(options);
  throw new RangeError(`"${preset}": known presets are ${Object.keys(presets).join(', ')}`);
}
