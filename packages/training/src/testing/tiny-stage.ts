import { type RunningBackend, withBackend } from '@diffir/core';
import { stage2Presets } from '@diffir/models';
import type { Tensor4D } from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { checkTrainingConfig } from '../config/check-config';
import type { LossesConfig } from '../config/losses-config';
import { buildStage, type Stage, type StageNetworks } from '../run/stage-networks';

/** The published network, as small as it can be. */
const network = {
  ...stage2Presets['motion-deblurring'],
  dim: 4,
  blocks: [1, 1, 1, 1],
  refinementBlocks: 0,
  heads: [1, 1, 1, 1],
  encoderResidualBlocks: 0,
} as const;

/** What a loss network sees: the picture itself. */
const eye = { features: (picture: Tensor4D) => [picture], dispose() {} };

/** Losses as a configuration says them, completed by its defaults. */
export function lossesOf(losses: object): LossesConfig {
  const { config } = checkTrainingConfig({
    task: 'deblur',
    stage: 1,
    run: 'run',
    data: { gt: 'gt' },
    batch: 1,
    patch: 16,
    iterations: 1,
    losses,
  });
  return config?.losses ?? expect.fail('the losses are wrong');
}

/** A stage of the network, always with the same values; a discriminator's are not set. */
export async function buildTinyStage(
  stage: Stage,
  losses: LossesConfig,
  backend: RunningBackend,
): Promise<StageNetworks> {
  const options = { network, backend, losses, lossNetworks: { perceptual: eye } };
  const first = await buildStage({ ...options, stage: 1 });
  withBackend(backend, () => first.parameters.initialize(1));
  if (stage === 1) return first;
  const values = await first.parameters.export({ run: (compute) => withBackend(backend, compute) });
  first.dispose();
  const stored = [...values].map(([name, { shape, values: data }]) => {
    const loadBytes = async () => new Uint8Array(data.buffer);
    return [name, { dtype: 'f32', shape, load: async () => Float32Array.from(data), loadBytes }] as const;
  });
  const second = await buildStage({
    ...options,
    stage: 2,
    teacher: { name: 'teacher', stateDict: new Map(stored) },
  });
  withBackend(backend, () => second.parameters.initialize(2));
  return second;
}
