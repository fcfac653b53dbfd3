import {
  createParameters,
  loadModel,
  ModelMismatchError,
  type RunningBackend,
  type StateDict,
  type StoredTensor,
} from '@diffir/core';
import { memory, setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelsPlugin } from '../plugin';
import { tinyOptions } from '../testing/tiny-options';
import { stage2Blueprint } from './blueprint';

beforeAll(() => setBackend('cpu'));

const backend: RunningBackend = {
  id: 'cpu',
  device: 'test',
  software: false,
  limits: { maxTensorBytes: 2 ** 30 },
  tensorflowName: 'cpu',
  dispose: async () => {},
};

function stored(shape: readonly number[]): StoredTensor {
  const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
  return {
    dtype: 'f32',
    shape,
    load: async () => values,
    loadBytes: async () => new Uint8Array(values.buffer),
  };
}

/** A whole tiny network, all zeros, as a mutable state dict. */
function completeStateDict(): Map<string, StoredTensor> {
  const parameters = createParameters();
  stage2Blueprint(tinyOptions({ kind: 'residual' })).build(parameters.root);
  return new Map([...parameters.declarations].map(([name, { shape }]) => [name, stored(shape)]));
}

const load = (stateDict: StateDict) =>
  loadModel(modelsPlugin.models ?? [], { name: 'model.pth', stateDict }, backend);

describe('strict loading', () => {
  it('takes a complete state dict and frees it again', async () => {
    const before = memory().numTensors;
    const model = await load(completeStateDict());
    expect(model.blueprint.descriptor.architecture).toBe('diffir-s2');
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it.each([
    'G.output.weight',
    'G.latent.0.attn.temperature',
    'G.encoder_level2.0.ffn.project_out.weight',
    'condition.mlp.2.bias',
    'denoise.resmlp.0.weight',
  ])('names %s when it is missing', async (name) => {
    const stateDict = completeStateDict();
    stateDict.delete(name);
    const loading = load(stateDict);
    await expect(loading).rejects.toThrow(`model.pth: parameters do not fit diffir-s2: 1 missing (${name})`);
    await expect(loading).rejects.toSatisfy((error) => ModelMismatchError.isInstance(error));
  });

  it('names what is left over', async () => {
    const stateDict = completeStateDict().set('G.unheard_of.weight', stored([3]));
    await expect(load(stateDict)).rejects.toThrow('1 left over (G.unheard_of.weight)');
  });

  it('names what is misshapen, with both shapes', async () => {
    const stateDict = completeStateDict().set('condition.E.0.bias', stored([63]));
    await expect(load(stateDict)).rejects.toThrow('1 misshapen (condition.E.0.bias [63] instead of [64])');
  });

  it('keeps no tensor of a file that does not fit', async () => {
    const before = memory().numTensors;
    await expect(load(completeStateDict().set('more', stored([1])))).rejects.toThrow(ModelMismatchError);
    expect(memory().numTensors).toBe(before);
  });

  it('finds CPEN and denoiser under their second names where the first are missing', async () => {
    const renamed = [...completeStateDict()].map(([name, tensor]): [string, StoredTensor] => [
      name.replace(/^condition\./, 'diffusion.condition.').replace(/^denoise\./, 'diffusion.model.'),
      tensor,
    ]);
    const model = await load(new Map(renamed));
    model.dispose();
  });
});
