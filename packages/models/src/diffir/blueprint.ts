import { createParameters, type ModelBlueprint, type ModelDescriptor, ModelUseError } from '@diffir/core';
import { dirformerShuffle } from '../dirformer/lq-shuffle';
import { workingBytesPerPixel } from '../dirformer/working-memory';
import {
  type DiffIROptions,
  type DiffIRStage2Options,
  publishedOptions,
  publishedStage2Options,
  scaleOf,
} from './options';
import { diffIRS1 } from './stage1';
import { diffIRS2 } from './stage2';
import { stage2Entries } from './state-dict-entries';

/** Levels of the U-Net below the first, each half the size: what the input must be divisible by. */
const UNET_MULTIPLE = 8;

/** A stage-2 network, the one that restores, as the plugin system handles it. */
export function stage2Blueprint(options: DiffIRStage2Options): ModelBlueprint {
  const purpose = purposeOf(options);
  const descriptor = describe(options, { architecture: 'diffir-s2', ...purpose });
  return {
    descriptor,
    options: publishedStage2Options(options),
    macs: (height, width) => diffIRS2(createParameters().root, options).macs(height, width),
    relevantEntries: stage2Entries,
    build(scope) {
      const { prior, dirformer } = diffIRS2(scope, options);
      return {
        descriptor,
        prior,
        restore(input, ipr) {
          if (ipr === undefined) {
            throw new ModelUseError({
              subject: descriptor.architecture,
              problem: 'restores only with an IPR',
            });
          }
          return dirformer.forward(input, ipr);
        },
      };
    },
  };
}

/** A stage-1 network: its IPR needs the ground truth, so it serves training and inspection only. */
export function stage1Blueprint(options: DiffIROptions): ModelBlueprint {
  const purpose = 'stage 1 of training: its prior needs the ground truth, so it cannot restore photos';
  const descriptor = describe(options, { architecture: 'diffir-s1', purpose, tasks: [] });
  return {
    descriptor,
    options: publishedOptions(options),
    macs: (height, width) => diffIRS1(createParameters().root, options).macs(height, width),
    build(scope) {
      const { dirformer } = diffIRS1(scope, options);
      return {
        descriptor,
        restore(input, ipr) {
          if (ipr === undefined) throw new ModelUseError({ subject: 'diffir-s1', problem: purpose });
          return dirformer.forward(input, ipr);
        },
      };
    },
  };
}

type Role = Pick<ModelDescriptor, 'architecture' | 'purpose' | 'tasks'>;

function describe(options: DiffIROptions, role: Role): ModelDescriptor {
  return {
    ...role,
    scale: scaleOf(options),
    inputChannels: options.inputChannels,
    outputChannels: options.outputChannels,
    sizeMultiple: UNET_MULTIPLE * dirformerShuffle(options.head),
    workingBytesPerPixel: workingBytesPerPixel(options, 'composed'),
    fusedBytesPerPixel: workingBytesPerPixel(options, 'fused'),
    tiling: 'shared-prior',
  };
}

function purposeOf({ head }: DiffIROptions): Pick<Role, 'purpose' | 'tasks'> {
  switch (head.kind) {
    case 'residual':
      return { purpose: 'motion deblurring', tasks: ['deblur'] };
    case 'direct':
    case 'filled':
      return { purpose: 'inpainting', tasks: ['inpaint'] };
    case 'upsample':
      // Bicubic and real-world super-resolution share one architecture; only the training data differ.
      return { purpose: `super-resolution ×${head.scale}`, tasks: ['sr', 'real-sr'] };
  }
}
