import { mul, setBackend, type Tensor4D, tensor4d } from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import type { FeatureNetwork } from '../feature-networks/feature-network';
import { perceptualLoss } from './perceptual-loss';
import { receptivePerceptualLoss } from './receptive-perceptual-loss';

beforeAll(() => setBackend('cpu'));

/** Five layers of features: the picture times 1, 10, 100, … */
const network: FeatureNetwork = {
  features: (picture) => [1, 10, 100, 1000, 10_000].map((factor): Tensor4D => mul(picture, factor)),
};

const [output, gt] = [() => tensor4d([1, 3], [1, 1, 2, 1]), () => tensor4d([2, 5], [1, 1, 2, 1])];
const pictures = () => ({ output: output(), gt: gt(), lq: gt() });

it('perceptualLoss weighs the L1 of each layer', () => {
  const expected = 1.5 * (0.1 + 0.1 * 10 + 100 + 1000 + 10_000);
  expect(perceptualLoss({ network }).compute(pictures()).dataSync()[0]).toBeCloseTo(expected, 1);
  const first = perceptualLoss({ network, layerWeights: [2] });
  expect(first.compute(pictures()).dataSync()[0]).toBeCloseTo(2 * 1.5, 5);
});

it('receptivePerceptualLoss adds the mean squares of all layers alike', () => {
  const expected = 2.5 * (1 + 1e2 + 1e4 + 1e6 + 1e8);
  const { compute, weight } = receptivePerceptualLoss({ network });
  expect((compute(pictures()).dataSync()[0] ?? 0) / expected).toBeCloseTo(1, 6);
  expect(weight).toBe(30);
});
