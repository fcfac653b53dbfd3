import {
  mean,
  setBackend,
  squaredDifference,
  type Tensor1D,
  type Tensor4D,
  tensor4d,
} from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { type DistanceNetwork, lpipsLoss } from './lpips-loss';

beforeAll(() => setBackend('cpu'));

/** The mean squared difference of each picture. */
const network: DistanceNetwork = {
  distances: (reference, restored) => mean<Tensor1D>(squaredDifference(reference, restored), [1, 2, 3]),
};

const picture = (...values: readonly number[]): Tensor4D => tensor4d([...values], [2, 1, 1, 3]);
const valueOf = (inputs: Parameters<ReturnType<typeof lpipsLoss>['compute']>[0]) =>
  lpipsLoss({ network }).compute(inputs).dataSync()[0];

it('is the mean distance of the pictures of a batch', () => {
  const output = picture(1, 1, 1, 2, 2, 2);
  expect(valueOf({ output, gt: picture(0, 0, 0, 0, 0, 0), lq: output })).toBeCloseTo((1 + 4) / 2, 6);
});

it('looks at the output in the hole alone, as inpainting does', () => {
  const masked = tensor4d([0, 0, 0, 1, 9, 9, 9, 0], [2, 1, 1, 4]);
  const output = picture(1, 1, 1, 2, 2, 2);
  expect(valueOf({ output, gt: picture(0, 0, 0, 0, 0, 0), lq: masked })).toBeCloseTo(1 / 2, 6);
});
