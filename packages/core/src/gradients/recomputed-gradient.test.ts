import {
  grads,
  memory,
  mul,
  setBackend,
  sin,
  type Tensor,
  type Tensor1D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { recomputedGradient } from './recomputed-gradient';
import { withGradient } from './with-gradient';

beforeAll(() => setBackend('cpu'));

interface Inputs {
  readonly [name: string]: Tensor;
  readonly x: Tensor1D;
  readonly w: Tensor1D;
}

const wave = ({ x, w }: Inputs): Tensor1D => sin(mul<Tensor1D>(sin(mul(x, w)), w));
const plain = (x: Tensor1D, w: Tensor1D) => wave({ x, w });

describe('recomputedGradient', () => {
  const recomputed = (x: Tensor1D, w: Tensor1D) =>
    withGradient<Inputs, Tensor1D>({ x, w }, () => wave({ x, w }), recomputedGradient(wave));

  it('is the gradient of the computation, also within a larger one that uses it twice', () => {
    const values = [tensor1d([0.3, -0.7]), tensor1d([1.5, 0.4])];
    const through = (layer: typeof plain) => {
      const network = (x: Tensor, w: Tensor) => {
        const [start, weight] = [mul<Tensor1D>(x, x), w as Tensor1D];
        return mul(layer(layer(start, weight), weight), w);
      };
      return tidy(() => grads(network)(values).map((gradient) => [...gradient.dataSync()]));
    };
    through(recomputed).forEach((gradient, input) => {
      gradient.forEach((value, index) => {
        expect(value).toBeCloseTo(through(plain)[input]?.[index] ?? Number.NaN, 6);
      });
    });
  });

  it('leaves nothing behind', () => {
    const values = [tensor1d([0.3]), tensor1d([1.5])];
    const before = memory().numTensors;
    tidy(() =>
      grads((x, w) => recomputed(x as Tensor1D, w as Tensor1D))(values).map((gradient) =>
        gradient.dataSync(),
      ),
    );
    expect(memory().numTensors).toBe(before);
  });
});
