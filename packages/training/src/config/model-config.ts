import { linearSchedule } from '@diffir/core';
import { type DiffIRStage2Options, stage2Presets } from '@diffir/models';
import { either, flag, number, oneOf, optional, perLevel, type ReadBy, type Reader, record } from './reader';

const size = number({ min: 1, whole: true });
const count = number({ min: 0, whole: true });

/** A preset, and what differs from it. */
const readModelOptions = record({
  preset: optional(oneOf(...presetNames())),
  dim: optional(size),
  blocks: optional(perLevel(size)),
  refinementBlocks: optional(count),
  heads: optional(perLevel(size)),
  ffnExpansionFactor: optional(number({ min: 0, above: true })),
  bias: optional(flag),
  layerNorm: optional(oneOf('WithBias', 'BiasFree')),
  head: optional(oneOf('direct', 'filled')),
  encoderResidualBlocks: optional(count),
  denoiserLayers: optional(count),
  timesteps: optional(size),
  linearStart: optional(number({ min: 0, above: true, max: 1 })),
  linearEnd: optional(number({ min: 0, above: true, max: 1 })),
});

export type ModelConfig = ReadBy<typeof readModelOptions>;

/** A preset's name, or options. */
export const readModel: Reader<PresetName | ModelConfig> = either(oneOf(...presetNames()), readModelOptions);

type PresetName = keyof typeof stage2Presets;

/** What a task needs of the network. */
export interface ModelNeeds {
  readonly scale: number;
  readonly mask: boolean;
  readonly sr: boolean;
}

/** The network that a configuration describes. */
export function toNetworkOptions(
  model: PresetName | ModelConfig | undefined,
  needs: ModelNeeds,
): DiffIRStage2Options {
  const given: Partial<ModelConfig> = typeof model === 'object' ? model : {};
  const preset: DiffIRStage2Options =
    stage2Presets[typeof model === 'string' ? model : (given.preset ?? presetFor(needs))];
  const { timesteps, linearStart, linearEnd } = given;
  const schedule =
    (timesteps ?? linearStart ?? linearEnd) === undefined
      ? preset.schedule
      : linearSchedule({
          timesteps: timesteps ?? 4,
          linearStart: linearStart ?? 0.1,
          linearEnd: linearEnd ?? 0.99,
        });
  return {
    ...preset,
    dim: given.dim ?? preset.dim,
    blocks: given.blocks ?? preset.blocks,
    refinementBlocks: given.refinementBlocks ?? preset.refinementBlocks,
    heads: given.heads ?? preset.heads,
    ffnExpansionFactor: given.ffnExpansionFactor ?? preset.ffnExpansionFactor,
    bias: given.bias ?? preset.bias,
    layerNorm: given.layerNorm ?? preset.layerNorm,
    head: given.head === undefined ? preset.head : { kind: given.head },
    encoderResidualBlocks: given.encoderResidualBlocks ?? preset.encoderResidualBlocks,
    denoiserLayers: given.denoiserLayers ?? preset.denoiserLayers,
    schedule,
  };
}

/** What is wrong with a network's options, in clauses. */
export function modelProblems({ dim, heads }: DiffIRStage2Options): string[] {
  return heads.flatMap((count, level) => {
    const width = dim * 2 ** level;
    return width % count === 0
      ? []
      : [`heads[${level}]: ${count} does not divide the level's ${width} channels`];
  });
}

function presetFor({ scale, mask, sr }: ModelNeeds): PresetName {
  if (mask) return 'inpainting-places';
  if (!sr) return 'motion-deblurring';
  return scale === 1 ? 'real-sr-x1' : scale === 2 ? 'real-sr-x2' : 'sr-x4';
}

function presetNames(): readonly PresetName[] {
  return Object.keys(stage2Presets).filter((name): name is PresetName => name in stage2Presets);
}
