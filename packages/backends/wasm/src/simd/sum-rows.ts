import type { KernelFunc } from '@tensorflow/tfjs';
import { inputTensor } from '../kernels/kernel-inputs';
import { summedRun } from '../kernels/sum';
import { addressOf, newTensor, withScratch } from './heap-addresses';
import type { SimdKernels } from './simd-kernels';

const [FLOAT_BYTES, DOUBLE_BYTES] = [4, 8];

/** Sums over axes that are not the last ones, as gradients of everything per channel need them: rows are added up. */
export function sumRows(kernels: SimdKernels): (original: KernelFunc) => KernelFunc {
  return (original) => (call) => {
    const { inputs, backend, attrs = {} } = call;
    const x = inputTensor(inputs, 'x');
    const run = summedRun(x, attrs);
    if (run === undefined) return original(call);
    const { outer, summed, inner } = run;
    const output = newTensor(backend, run.shape);
    const [from, to] = [addressOf(backend, x), addressOf(backend, output)];
    // Rounded up to a whole vector of floats.
    withScratch(backend, DOUBLE_BYTES * 4 * Math.ceil(inner / 4), (totals) => {
      for (let block = 0; block < outer; block++) {
        const rows = from + FLOAT_BYTES * block * summed * inner;
        kernels.columnSums(rows, to + FLOAT_BYTES * block * inner, summed, inner, totals);
      }
    });
    return output;
  };
}
