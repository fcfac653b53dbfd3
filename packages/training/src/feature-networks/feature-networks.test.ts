import { type ParameterScope, withBackend } from '@diffir/core';
import { abs, grad, mean, memory, norm, type Tensor4D, tidy } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { wasmBackend } from '../../../../tools/test-backends';
import type { ImageLoss } from '../losses/image-loss';
import { perceptualLoss } from '../losses/perceptual-loss';
import { receptivePerceptualLoss } from '../losses/receptive-perceptual-loss';
import { sinePicture, sineWeights } from '../testing/sine-weights';
import { type FeatureNetwork, loadFeatureNetwork } from './feature-network';
import { resnet50Features } from './resnet50-dilated';
import { vgg19, vgg19Features } from './vgg19';

/** Float32 through up to fifty layers that amplify by a thousand. */
const TOLERANCE = 1e-3;

interface Case {
  build(scope: ParameterScope): FeatureNetwork;
  lossOf(network: FeatureNetwork): ImageLoss;
  readonly shapes: readonly (readonly number[])[];
  /** Mean magnitude of each. */
  readonly magnitudes: readonly number[];
  readonly loss: number;
  readonly gradientNorm: number;
}

// From PyTorch 1.13: torchvision's layers, and the published dilated ResNet-50, both with narrow layers.
const cases: Readonly<Record<string, Case>> = {
  'VGG-19': {
    build: (scope) => vgg19Features(scope, { widths: [4, 4, 6, 6, 6] }),
    lossOf: (network) => perceptualLoss({ network }),
    shapes: [
      [1, 40, 40, 4],
      [1, 20, 20, 4],
      [1, 10, 10, 6],
      [1, 5, 5, 6],
      [1, 2, 2, 6],
    ],
    magnitudes: [0.602735, 2.118439, 39.62603, 3942.404053, 7026.043457],
    loss: 21487.19140625,
    gradientNorm: 2055084.25,
  },
  'ResNet-50': {
    build: (scope) => resnet50Features(scope, { width: 4 }),
    lossOf: (network) => receptivePerceptualLoss({ network }),
    shapes: [
      [1, 10, 10, 16],
      [1, 5, 5, 32],
      [1, 5, 5, 64],
      [1, 5, 5, 128],
    ],
    magnitudes: [1.281251, 37.346081, 599.574646, 627.08783],
    loss: 12059.4296875,
    gradientNorm: 3309677.5,
  },
};

function expectClose(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) / expected - 1)).toBeLessThanOrEqual(TOLERANCE);
}

describe.each(Object.entries(cases))(
  '%s',
  (name, { build, lossOf, shapes, magnitudes, loss, gradientNorm }) => {
    const load = async () => {
      const backend = await wasmBackend.start();
      const source = { name, weights: 'the weights', build };
      const network = await loadFeatureNetwork(
        source,
        { name: 'sines', stateDict: sineWeights(build) },
        backend,
      );
      return { backend, network };
    };

    it('has the features of the reference', async () => {
      const { backend, network } = await load();
      withBackend(backend, () =>
        tidy(() => {
          const features = network.features(sinePicture(0));
          expect(features.map(({ shape }) => shape)).toEqual(shapes);
          features.forEach((feature, index) => {
            expectClose(mean(abs(feature)).dataSync()[0], magnitudes[index] ?? Number.NaN);
          });
        }),
      );
      network.dispose();
    });

    it('gives the loss and the gradient of the reference, and is freed', async () => {
      const before = memory().numTensors;
      const { backend, network } = await load();
      const { compute } = lossOf(network);
      withBackend(backend, () =>
        tidy(() => {
          const [output, gt] = [sinePicture(0), sinePicture(1)];
          expectClose(compute({ output, gt, lq: gt }).dataSync()[0], loss);
          const gradient = grad((x) => compute({ output: x as Tensor4D, gt, lq: gt }))(output);
          expectClose(norm(gradient).dataSync()[0], gradientNorm);
        }),
      );
      network.dispose();
      expect(memory().numTensors).toBe(before);
    });
  },
);

describe('loadFeatureNetwork', () => {
  it('says which file is needed where there is none', async () => {
    const backend = await wasmBackend.start();
    await expect(loadFeatureNetwork(vgg19, undefined, backend)).rejects.toThrow(
      "VGG-19: its weights are needed for this loss and do not ship with this project; give a file with torchvision's VGG-19 trained on ImageNet (vgg19-dcbb9e9d.pth)",
    );
  });

  it('passes over the rest of the file, and names what does not fit', async () => {
    const backend = await wasmBackend.start();
    const build = (scope: ParameterScope) => vgg19Features(scope, { widths: [1, 1, 1, 1, 1] });
    const source = { name: 'VGG-19', weights: 'VGG-19', build };
    const [entry] = [...sineWeights(build).values()];
    if (entry === undefined) throw new Error('no weights');
    const more = new Map([...sineWeights(build), ['classifier.0.weight', entry]]);
    (await loadFeatureNetwork(source, { name: 'more.pth', stateDict: more }, backend)).dispose();
    const less = new Map([...sineWeights(build)].filter(([name]) => name !== 'features.34.bias'));
    await expect(loadFeatureNetwork(source, { name: 'less.pth', stateDict: less }, backend)).rejects.toThrow(
      'less.pth: does not fit VGG-19: 1 missing (features.34.bias); give a file with VGG-19',
    );
  });
});
