import { wasmBackend } from '@diffir/backend-wasm';
import {
  bytesSource,
  convertTensors,
  createParameters,
  estimatePrior,
  openCheckpoint,
  type PublishedValues,
  priorNoise,
  type RunningBackend,
  readTensor,
  type StateDict,
  withBackend,
  writePth,
  writeSafetensors,
} from '@diffir/core';
import { stage2Blueprint, stage2Presets } from '@diffir/models';
import { memory, randomUniform, type Tensor4D, tensor2d, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';

let backend: RunningBackend;

beforeAll(async () => {
  backend = await wasmBackend.start();
});

// One name for each network: the other presets have the same options.
const networks = [
  'motion-deblurring',
  'inpainting-places',
  'inpainting-places-big',
  'sr-x4',
  'real-sr-x2',
  'real-sr-x1',
] as const;

describe('published presets at full size', { timeout: 300_000 }, () => {
  it.each(networks)('%s restores 128×128 on wasm', async (name) => {
    const before = memory().numTensors;
    const blueprint = stage2Blueprint(stage2Presets[name]);
    const { inputChannels, scale } = blueprint.descriptor;
    const parameters = createParameters();
    const { prior, restore } = blueprint.build(parameters.root);
    const output = withBackend(backend, () => {
      parameters.initialize(1);
      return tidy(() => {
        const input: Tensor4D = randomUniform([1, 128, 128, inputChannels], 0, 1, 'float32', 2);
        const ipr = prior && estimatePrior(prior, input, tensor2d(priorNoise(0, 256), [1, 256])).ipr;
        return restore(input, ipr);
      });
    });
    expect(output.shape).toEqual([1, 128 * scale, 128 * scale, 3]);
    expect((await readTensor(backend, output)).every(Number.isFinite)).toBe(true);
    output.dispose();
    parameters.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('a full-size state dict', () => {
  it.each([
    ['safetensors', writeSafetensors],
    ['pth', writePth],
  ])('comes back from %s bit for bit', async (_, write) => {
    const parameters = createParameters();
    stage2Blueprint(stage2Presets['motion-deblurring']).build(parameters.root);
    parameters.initialize(3);
    const published = await parameters.export();
    parameters.dispose();
    const bytes = await collect(write([...convertTensors(toStateDict(published))]));
    const { stateDict } = await openCheckpoint(bytesSource('round-trip', bytes));
    expect([...stateDict.keys()]).toEqual([...published.keys()]);
    for (const [name, { shape, values }] of published) {
      const stored = stateDict.get(name);
      expect(stored?.shape).toEqual(shape);
      expect(Buffer.compare((await stored?.loadBytes()) ?? Buffer.alloc(0), bytesOf(values))).toBe(0);
    }
  });
});

function toStateDict(published: ReadonlyMap<string, PublishedValues>): StateDict {
  return new Map(
    [...published].map(([name, { shape, values }]) => {
      const loadBytes = async () => bytesOf(values);
      return [name, { dtype: 'f32', shape, load: async () => values, loadBytes }];
    }),
  );
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
