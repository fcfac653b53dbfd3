import { readFile } from 'node:fs/promises';
import {
  bytesSource,
  CheckpointError,
  ImageError,
  ModelMismatchError,
  type NamedStateDict,
  withBackend,
} from '@diffir/core';
import { grad, memory, type Scalar, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../tools/shared';
import { modCrop } from '../pixels/mod-crop';
import { hashedPair } from '../testing/hashed-batch';
import { hashedWeights } from '../testing/hashed-weights';
import { randomImage } from '../testing/random-image';
import { readShared, set5, set5Pair } from '../testing/shared-images';
import { startWasm } from '../testing/wasm';
import { openWeights } from '../weights/open-weights';
import { type Lpips, loadLpips, loadLpipsNetwork } from './lpips';
import { type LpipsBackbone, lpipsNetwork } from './lpips-network';

const weightsOf = (backbone: LpipsBackbone) => hashedWeights((p) => lpipsNetwork(p, backbone));

function renamed({ name, stateDict }: NamedStateDict, change: (name: string) => string): NamedStateDict {
  return { name, stateDict: new Map([...stateDict].map(([key, tensor]) => [change(key), tensor])) };
}

function parts({ stateDict }: NamedStateDict): NamedStateDict[] {
  return [/^features\./, /^lin/].map((pattern) => ({
    name: `${pattern}`,
    stateDict: new Map([...stateDict].filter(([name]) => pattern.test(name))),
  }));
}

describe('lpips', () => {
  it('over VGG16 computes what PyTorch computes', async () => {
    const backend = await startWasm();
    const lpips = await loadLpips({ backend, weights: weightsOf('vgg'), backbone: 'vgg' });
    const { reference, restored } = hashedPair([2, 45, 38, 3]);
    const scores = await lpips.compareBatch(reference, restored);
    // PyTorch 1.13 with the layers and constants of lpips 0.1.4, on the same weights and pictures.
    const recorded = [0.13930535316467285, 0.13829118013381958];
    // Single precision through 13 convolutions.
    for (const [index, { value }] of scores.entries()) expect(value).toBeCloseTo(recorded[index] ?? 0, 6);
    expect(scores[0]?.settings).toEqual({
      backbone: 'vgg',
      version: '0.1',
      samples: 'float',
      weights: 'hashed',
    });
    reference.dispose();
    restored.dispose();
    lpips.dispose();
    expect(memory().numTensors).toBe(0);
  });

  it('is 0 for equal images and leaves no tensor behind', async () => {
    const lpips = await loadLpips({
      backend: await startWasm(),
      weights: weightsOf('squeeze'),
      backbone: 'squeeze',
    });
    const before = memory().numTensors;
    const image = randomImage(1, { width: 50, height: 41 });
    expect((await lpips.compare(image, image)).value).toBe(0);
    expect((await lpips.compare(image, randomImage(2, { width: 50, height: 41 }))).value).toBeGreaterThan(
      1e-3,
    );
    await expect(lpips.compare(image, randomImage(1))).rejects.toThrow(/40×30 and its reference 50×41/);
    expect(memory().numTensors).toBe(before);
    lpips.dispose();
    expect(memory().numTensors).toBe(0);
  });

  // Below, the last pooling has nothing left to look at.
  it.each([
    ['alex', 31],
    ['squeeze', 17],
    ['vgg', 16],
  ] as const)('over %s works from a side of %i on', async (backbone, side) => {
    const lpips = await loadLpips({ backend: await startWasm(), weights: weightsOf(backbone), backbone });
    const image = (width: number) => randomImage(1, { width, height: 40 });
    expect((await lpips.compare(image(side), image(side))).value).toBe(0);
    await expect(lpips.compare(image(side - 1), image(side - 1))).rejects.toThrow(
      /too small for its network/,
    );
    lpips.dispose();
  });

  it('refuses batches that are not RGB', async () => {
    const lpips = await loadLpips({
      backend: await startWasm(),
      weights: weightsOf('squeeze'),
      backbone: 'squeeze',
    });
    const { reference, restored } = hashedPair([1, 40, 40, 1]);
    await expect(lpips.compareBatch(reference, restored)).rejects.toThrow(ImageError);
    reference.dispose();
    restored.dispose();
    lpips.dispose();
  });

  it("takes torchvision's and the authors' files as they are published", async () => {
    const backend = await startWasm();
    const plain = weightsOf('squeeze');
    const asPublished = renamed(plain, (name) => name.replace(/^(lin\d)\./, '$1.model.1.'));
    const classifier = [...plain.stateDict]
      .slice(0, 1)
      .map(([, tensor]) => ['classifier.1.weight', tensor] as const);
    const [features, linear] = parts(asPublished);
    if (features === undefined || linear === undefined) throw new Error('two parts were made');
    const torchvision = { ...features, stateDict: new Map([...features.stateDict, ...classifier]) };
    const whole = renamed(asPublished, (name) => name.replace(/^features\.(\d+)/, 'net.slice2.$1'));
    for (const weights of [[torchvision, linear], whole]) {
      const lpips = await loadLpips({ backend, weights, backbone: 'squeeze' });
      lpips.dispose();
    }
  });

  it('names what is missing, doubled or of another network, and what to get', async () => {
    const backend = await startWasm();
    const alex = weightsOf('alex');
    const load = (weights: NamedStateDict[]) => loadLpips({ backend, weights });
    await expect(load([])).rejects.toThrow(CheckpointError);
    await expect(load([])).rejects.toThrow(
      /^lpips-alex: no weights .*torchvision's alexnet .*v0\.1\/alex\.pth/,
    );
    await expect(load(parts(alex).slice(0, 1))).rejects.toThrow(/5 missing \(lin0\.weight.*get torchvision/);
    await expect(load([alex, alex])).rejects.toThrow(/another file holds features\.0\.weight too/);
    await expect(load([weightsOf('vgg')])).rejects.toThrow(ModelMismatchError);
    expect(memory().numTensors).toBe(0);
  });
});

describeShared('lpips computes what its authors compute', () => {
  const expected = async () => JSON.parse(await readFile(sharedPath('data/metrics/expected.json'), 'utf8'));

  describe.each(['alex', 'squeeze'] as const)('%s', (backbone) => {
    let lpips: Lpips | undefined;
    const loaded = () => {
      if (lpips === undefined) throw new Error('not loaded');
      return lpips;
    };

    beforeAll(async () => {
      const path = sharedPath('data', 'metrics', `lpips-${backbone}.safetensors`);
      const weights = await openWeights(bytesSource(`lpips-${backbone}`, await readFile(path)));
      lpips = await loadLpips({ backend: await startWasm(), weights, backbone });
    });
    afterAll(() => lpips?.dispose());

    // Seen: at most 2e-7 from the reference, single precision on both sides.
    it.each(set5)('%s of Set5', async (name) => {
      const recorded = (await expected()).images[name][`lpips_${backbone}`];
      const { gt, bicubic } = await set5Pair(name);
      const { value, settings } = await loaded().compare(modCrop(gt, 4), bicubic);
      expect(Math.abs(value - recorded)).toBeLessThan(1e-5);
      expect(settings).toEqual({ backbone, version: '0.1', samples: '8-bit', weights: `lpips-${backbone}` });
    });

    it.each([0, 1])("the authors' example %i", async (index) => {
      const recorded = (await expected()).lpips_example[backbone][index];
      const reference = await readShared('metrics', 'ex_ref.png');
      const { value } = await loaded().compare(reference, await readShared('metrics', `ex_p${index}.png`));
      expect(Math.abs(value - recorded)).toBeLessThan(1e-5);
    });
  });
});

describe('the network of lpips', () => {
  it('has the gradient of its distances', async () => {
    const backend = await startWasm();
    const { network, dispose } = await loadLpipsNetwork({
      backend,
      weights: weightsOf('squeeze'),
      backbone: 'squeeze',
    });
    withBackend(backend, () =>
      tidy(() => {
        const { reference, restored } = hashedPair([1, 24, 24, 3]);
        const distance = (x: Tensor): Scalar => network.distances(reference, x as Tensor4D).sum();
        const gradient = grad(distance)(restored);
        expect(gradient.isNaN().any().dataSync()[0]).toBe(0);
        // Along its own direction the distance grows by the squared norm; a step small enough for that, large enough for float32.
        const step = 1e-2 / (gradient.norm().dataSync()[0] ?? Number.NaN);
        const along = (factor: number) =>
          distance(restored.add(gradient.mul(factor * step))).dataSync()[0] ?? Number.NaN;
        const expected = 2 * step * (gradient.square().sum().dataSync()[0] ?? Number.NaN);
        expect((along(1) - along(-1)) / expected).toBeCloseTo(1, 1);
      }),
    );
    dispose();
    expect(memory().numTensors).toBe(0);
  });

  it('has no infinite slope where a pixel activates nothing', async () => {
    const backend = await startWasm();
    const { name, stateDict } = weightsOf('squeeze');
    const zeros = [...stateDict].map(([key, tensor]) => {
      const size = tensor.shape.reduce((product, length) => product * length, 1);
      return [key, { ...tensor, load: async () => new Float32Array(size) }] as const;
    });
    const weights = { name, stateDict: new Map(zeros) };
    const { network, dispose } = await loadLpipsNetwork({ backend, weights, backbone: 'squeeze' });
    withBackend(backend, () =>
      tidy(() => {
        const { reference, restored } = hashedPair([1, 24, 24, 3]);
        const gradient = grad((x) => network.distances(reference, x as Tensor4D).sum())(restored);
        expect(gradient.abs().max().dataSync()[0]).toBe(0);
      }),
    );
    dispose();
    expect(memory().numTensors).toBe(0);
  });
});
