import { cpuBackend } from '@diffir/backend-cpu';
import { createParameters, linearSchedule, withBackend, writeSafetensors } from '@diffir/core';
import { stage2Blueprint } from '@diffir/models';

/** The smallest network for deblurring, with random weights: every kind of part is there once. */
const blueprint = stage2Blueprint({
  inputChannels: 3,
  outputChannels: 3,
  dim: 8,
  blocks: [1, 1, 1, 1],
  refinementBlocks: 1,
  heads: [1, 2, 4, 8],
  ffnExpansionFactor: 2,
  bias: false,
  layerNorm: 'WithBias',
  head: { kind: 'residual' },
  encoderResidualBlocks: 1,
  denoiserLayers: 1,
  schedule: linearSchedule(),
});

/** A safetensors file of it; the same at every call. */
export async function tinyModel(): Promise<Buffer> {
  const backend = await cpuBackend.start();
  const run = <T>(compute: () => T) => withBackend(backend, compute);
  const parameters = createParameters();
  blueprint.build(parameters.root);
  run(() => parameters.initialize(1));
  const values = await parameters.export({ run });
  parameters.dispose();
  const tensors = [...values].map(([name, { shape, values: numbers }]) => ({
    name,
    dtype: 'f32' as const,
    shape,
    bytes: async () => new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
  }));
  const pieces: Uint8Array[] = [];
  for await (const piece of writeSafetensors(tensors)) pieces.push(piece);
  return Buffer.concat(pieces);
}
