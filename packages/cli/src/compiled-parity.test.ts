import { onnxBackend } from '@diffir/backend-onnx';
import { loadModel } from '@diffir/core';
import { modelsPlugin } from '@diffir/models';
import { memory } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../tools/shared';
import { createNetworkPass, planarToInterleaved } from './bench/network-pass';
import { nodeHost } from './io/node-host';
import { withCheckpoint } from './io/with-checkpoint';

const cases = [
  ['deblur-tiny', 'stage2.pth'],
  ['deblur-t8-dual-bias', 'stage2.pth'],
  ['inpainting-tiny', 'lightning.ckpt'],
  ['realsr-x1-tiny', 'stage2.pth'],
  ['realsr-x2-tiny', 'stage2.pth'],
  ['srgan-x4-tiny', 'stage2.pth'],
] as const;

async function recorded(name: string, key: string) {
  const path = sharedPath('parity', name, 'expected.safetensors');
  return withCheckpoint(nodeHost(), path, async ({ stateDict }) => {
    const tensor = stateDict.get(key);
    return { values: (await tensor?.load()) ?? new Float32Array(), shape: tensor?.shape ?? [] };
  });
}

// The other parity test reads tensors, which compiles nothing in advance; restoring does.
describeShared('networks that are compiled compute what the reference computes', () => {
  it.each(cases)('%s/%s', async (name, file) => {
    const backend = await onnxBackend.start();
    const before = memory().numTensors;
    const model = await withCheckpoint(nodeHost(), sharedPath('parity', name, file), ({ stateDict }) =>
      loadModel(modelsPlugin.models ?? [], { name, stateDict }, backend),
    );
    const [input, noise, expected] = await Promise.all(
      (['input', 'noise', 'output'] as const).map((key) => recorded(name, key)),
    );
    const [, channels = 0, height = 0, width = 0] = input?.shape ?? [];
    const pass = createNetworkPass(model.network, backend);
    const pixels = height * width;
    const { output } = await pass({
      image: planarToInterleaved(
        (input?.values ?? new Float32Array()).subarray(0, channels * pixels),
        pixels,
        channels,
      ),
      height,
      width,
      noise: noise?.values.subarray(0, 256) ?? new Float32Array(),
    });
    const values = await output();
    const largest = values.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - (expected?.values[index] ?? Number.NaN))),
      0,
    );
    // The project's bound on every backend; the largest error seen is 5e-7.
    expect(largest).toBeLessThanOrEqual(1e-4);
    expect(values.length).toBeGreaterThan(0);
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
