import {
  mean,
  ones,
  setBackend,
  squaredDifference,
  type Tensor1D,
  type Tensor4D,
  tensor1d,
  zeros,
} from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { type DistanceNetwork, lpipsLoss } from './lpips-loss';

beforeAll(() => setBackend('cpu'));

/** The mean squared difference of each picture. */
const network: DistanceNetwork = {
  distances: (reference, restored) => mean<Tensor1D>(squaredDifference(reference, restored), [1, 2, 3]),
};

const SIDE = 9;
const black = (): Tensor4D => zeros([2, SIDE, SIDE, 3]);
/** Two pictures, one of ones and one of twos. */
const picture = (): Tensor4D => ones([2, SIDE, SIDE, 3]).mul(tensor1d([1, 2]).reshape([2, 1, 1, 1]));

it('is the mean distance of the pictures of a batch', () => {
  const loss = lpipsLoss({ network }).compute({ output: picture(), gt: black(), lq: black() });
  expect(loss.dataSync()[0]).toBeCloseTo((1 + 4) / 2, 6);
});

it('looks at the output in the hole alone, as inpainting does', () => {
  const known: Tensor4D = zeros([2, SIDE, SIDE, 3]);
  const inSecond: Tensor4D = ones([2, SIDE, SIDE, 1]).mul(tensor1d([0, 1]).reshape([2, 1, 1, 1]));
  const lq: Tensor4D = known.concat(inSecond, 3);
  const loss = lpipsLoss({ network }).compute({ output: picture(), gt: black(), lq });
  expect(loss.dataSync()[0]).toBeCloseTo(4 / 2, 6);
});

it('looks at every pixel of a grid of four, which backbones with strides do not', () => {
  const seen = new Set<string>();
  const watching: DistanceNetwork = {
    distances(_, restored) {
      const [row = 0] = restored.slice([0, 0, 0, 0], [1, 1, 1, 1]).dataSync();
      const [column = 0] = restored.slice([0, 0, 0, 1], [1, 1, 1, 1]).dataSync();
      seen.add(`row ${row % 4}`).add(`column ${column % 4}`);
      return tensor1d([0]);
    },
  };
  // Every pixel holds its row and its column.
  const output = placesOf(SIDE);
  lpipsLoss({ network: watching }).compute({ output, gt: output, lq: output });
  expect(seen.size).toBe(8);
});

function placesOf(side: number): Tensor4D {
  const places = Array.from({ length: side * side }, (_, index) => [
    Math.floor(index / side),
    index % side,
    0,
  ]);
  return tensor1d(places.flat()).reshape([1, side, side, 3]);
}
