import { writeFile } from 'node:fs/promises';
import { onnxPlugin } from '@diffir/backend-onnx';
import { wasmPlugin } from '@diffir/backend-wasm';
import {
  createRegistry,
  createRestorer,
  definePlugin,
  type ModelBlueprint,
  ModelUseError,
  type RestorationModel,
  writeSafetensors,
} from '@diffir/core';
import { tasksPlugin } from '@diffir/tasks';
import { cumsum, memory, mul, type Tensor4D } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { nodeHost } from './io/node-host';
import { temporaryFolder } from './testing/temporary-folder';

const folder = temporaryFolder();

/** A model of one op. */
function modelOf(restore: (input: Tensor4D) => Tensor4D) {
  const descriptor: RestorationModel['descriptor'] = {
    architecture: 'one-op',
    purpose: 'tests',
    tasks: ['deblur'],
    scale: 1,
    inputChannels: 3,
    outputChannels: 3,
    sizeMultiple: 1,
    tiling: 'none',
  };
  const blueprint: ModelBlueprint = {
    descriptor,
    options: {},
    macs: () => 0,
    relevantEntries: () => new Map(),
    build: () => ({ descriptor, restore }),
  };
  return definePlugin({
    name: 'one-op',
    models: [{ id: 'one-op', description: 'tests', detect: async () => blueprint }],
  });
}

async function open(restore: (input: Tensor4D) => Tensor4D, backend: string) {
  const marker = { name: 'one-op', dtype: 'u8', shape: [1], bytes: async () => new Uint8Array(1) } as const;
  await writeFile(folder.file('model.safetensors'), writeSafetensors([marker]));
  const registry = createRegistry([modelOf(restore), tasksPlugin, onnxPlugin, wasmPlugin]);
  return createRestorer({ registry, host: nodeHost(), model: folder.file('model.safetensors'), backend });
}

const image = { width: 3, height: 2, channels: 3, data: new Float32Array(18).fill(0.25) } as const;

describe('auto, where onnxruntime is installed', () => {
  it('takes onnx for what graphs can express', async () => {
    const restorer = await open((input) => mul(input, 2), 'auto');
    expect(restorer.backend.id).toBe('onnx');
    expect([...(await restorer.restore(image)).data]).toEqual([...new Float32Array(18).fill(0.5)]);
    await restorer.dispose();
  });

  it('passes it over, saying why, for a model with an op that graphs lack', async () => {
    const before = memory().numTensors;
    const restorer = await open((input) => cumsum(input, 3), 'auto');
    expect(restorer.backend.id).toBe('wasm');
    expect(restorer.backendReason).toMatch(
      /^wasm .*; not onnx: graphs have no op Cumsum, which this model uses$/,
    );
    expect((await restorer.restore(image)).data[2]).toBe(0.75);
    await restorer.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('refuses such a model when asked for onnx itself', async () => {
    const error = await open((input) => cumsum(input, 3), 'onnx').catch((reason: unknown) => reason);
    expect(ModelUseError.isInstance(error)).toBe(true);
    expect(String(error)).toContain('Cumsum');
  });
});
