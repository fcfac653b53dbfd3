import { setBackend, tensor2d } from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { priorDivergence } from './prior-divergence';

beforeAll(() => setBackend('cpu'));

it('priorDivergence is the KL divergence of softmaxes of temperature 0.15, summed, averaged over the batch', () => {
  const estimate = [
    [0.1, 0.2, 0],
    [0.05, 0.05, 0.3],
  ];
  const teacher = [
    [0.3, 0, 0.1],
    [0.2, 0.1, 0.1],
  ];
  const softmax = (row: readonly number[]) => {
    const terms = row.map((value) => Math.exp(value / 0.15));
    const total = terms.reduce((sum, term) => sum + term, 0);
    return terms.map((term) => term / total);
  };
  const expected = teacher
    .flatMap((row, n) => {
      const q = softmax(estimate[n] ?? []);
      return softmax(row).map((p, i) => p * Math.log(p / (q[i] ?? Number.NaN)));
    })
    .reduce((sum, term) => sum + term / 2, 0);
  expect(priorDivergence(tensor2d(estimate), tensor2d(teacher)).dataSync()[0]).toBeCloseTo(expected, 6);
});
