import { memory, setBackend, type Tensor4D, tensor, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { opCases } from '../testing/op-cases';
import { pixelShuffle } from './pixel-shuffle';
import { pixelUnshuffle } from './pixel-unshuffle';

beforeAll(() => setBackend('cpu'));

describe.each(opCases())('$name', ({ compute, expected, tolerance }) => {
  it('gives the reference values', () => {
    const result = tidy(() => compute());
    expect(result.shape).toEqual(expected.shape);
    const errors = result
      .dataSync()
      .map((value, index) => Math.abs(value - (expected.values[index] ?? Number.NaN)));
    expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
    result.dispose();
  });

  it('leaves no tensor but its result', () => {
    const before = memory().numTensors;
    tidy(() => {
      compute();
      return undefined;
    });
    expect(memory().numTensors).toBe(before);
  });
});

describe('channel order of PyTorch', () => {
  // torch.nn.functional.pixel_shuffle(torch.arange(8.).reshape(1, 8, 1, 1), 2), read off torch 1.13.
  it('pixelShuffle', () => {
    const x: Tensor4D = tensor([0, 1, 2, 3, 4, 5, 6, 7], [1, 1, 1, 8]);
    expect([...pixelShuffle(x, 2).dataSync()]).toEqual([0, 4, 1, 5, 2, 6, 3, 7]);
  });

  // torch.nn.functional.pixel_unshuffle(torch.arange(8.).reshape(1, 2, 2, 2), 2): channels 0 … 7 in order.
  it('pixelUnshuffle', () => {
    const x: Tensor4D = tensor([0, 4, 1, 5, 2, 6, 3, 7], [1, 2, 2, 2]);
    expect([...pixelUnshuffle(x, 2).dataSync()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
