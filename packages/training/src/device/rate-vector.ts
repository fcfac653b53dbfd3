import { keep, mul, type Tensor1D, tensor1d } from '@tensorflow/tfjs';
import type { RateOf } from '../optimiser/adam';

/** Learning rates of parameters that lie end to end. */
export interface RateVector {
  /** One number where all have the same, or else a number for each value. */
  of(rateOf: RateOf): number | Tensor1D;
  dispose(): void;
}

/** Keeps on the current backend how the rates stand to each other, which hardly ever changes. */
export function createRateVector(
  parameters: readonly { readonly name: string; readonly size: number }[],
): RateVector {
  let shares = '';
  let vector: Tensor1D | undefined;
  return {
    of(rateOf) {
      const rates = parameters.map(({ name }) => rateOf(name));
      const most = Math.max(...rates);
      if (rates.every((rate) => rate === most)) return most;
      const each = rates.map((rate) => rate / most);
      if (vector === undefined || shares !== each.join()) {
        vector?.dispose();
        vector = keep(tensor1d(spread(each, parameters)));
        shares = each.join();
      }
      return mul<Tensor1D>(vector, most);
    },
    dispose: () => vector?.dispose(),
  };
}

function spread(shares: readonly number[], parameters: readonly { readonly size: number }[]): Float32Array {
  const values = new Float32Array(parameters.reduce((sum, { size }) => sum + size, 0));
  let start = 0;
  for (const [index, { size }] of parameters.entries()) {
    values.fill(shares[index] ?? 0, start, start + size);
    start += size;
  }
  return values;
}
