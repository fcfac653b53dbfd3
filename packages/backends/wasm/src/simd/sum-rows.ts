import { inputTensor } from '@diffir/core';
import type { KernelFunc } from '@tensorflow/tfjs-core';
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
    const bytes = DOUBLE_BYTES * 4 * Math.ceil(inner / 4);
    withScratch(backend, bytes * kernels.threads, (totals) => {
      const calls = Array.from({ length: outer }, (_, block) => [
        from + FLOAT_BYTES * block * summed * inner,
        to + FLOAT_BYTES * block * inner,
        ...[summed, inner, totals + bytes * (block % kernels.threads)],
      ]);
      kernels.run('columnSums', calls);
    });
    return output;
  };
}
