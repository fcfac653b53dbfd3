import { cpuBackend } from '@diffir/backend-cpu';
import { onnxBackend } from '@diffir/backend-onnx';
import { wasmBackend } from '@diffir/backend-wasm';
import { webgpuBackend } from '@diffir/backend-webgpu';
import {
  type BackendDefinition,
  loadModel,
  type NamedStateDict,
  openCheckpoint,
  verifyModel,
} from '@diffir/core';
import { modelsPlugin } from '@diffir/models';
import { memory } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { describeWebGPU } from '../../../tools/optional-suites';
import { describeShared, sharedPath } from '../../../tools/shared';
import { openFileSource } from './io/file-source';

/** What the reference computes in float32 on a CPU; the largest error seen on any backend is below 1e-6. */
const TOLERANCE = 1e-4;

const cases = [
  ['deblur-tiny', 'stage2.pth'],
  ['deblur-t8-dual-bias', 'stage2.pth'],
  ['deblur-t8-dual-bias', 'stage2-legacy.pth'],
  ['inpainting-tiny', 'lightning.ckpt'],
  ['realsr-x1-tiny', 'stage2.pth'],
  ['realsr-x2-tiny', 'stage2.pth'],
  ['srgan-x4-tiny', 'stage2.pth'],
] as const;

/** Opens a file of a parity case, hands it to `use`, and closes it. */
async function withFile<T>(parts: readonly string[], use: (file: NamedStateDict) => Promise<T>): Promise<T> {
  const checkpoint = await openCheckpoint(await openFileSource(sharedPath('parity', ...parts)));
  try {
    return await use(checkpoint);
  } finally {
    await checkpoint.close();
  }
}

function describeParity(definition: BackendDefinition): void {
  describeShared(`${definition.id} computes what the reference computes`, () => {
    it.each(cases)('%s/%s', { timeout: 300_000 }, async (name, file) => {
      const backend = await definition.start();
      const before = memory().numTensors;
      const model = await withFile([name, file], (weights) =>
        loadModel(modelsPlugin.models ?? [], weights, backend),
      );
      const errors = await withFile([name, 'expected.safetensors'], (expected) =>
        verifyModel(model.network, expected, backend),
      );
      model.dispose();
      expect(Math.max(errors.condition, errors.ipr, errors.output)).toBeLessThanOrEqual(TOLERANCE);
      expect(memory().numTensors).toBe(before);
    });
  });
}

describe('parity', () => {
  describeParity(wasmBackend);
  describeParity(cpuBackend);
  describeParity(onnxBackend);
  describeWebGPU('on WebGPU', () => describeParity(webgpuBackend));
});
