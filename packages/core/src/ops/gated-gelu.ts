import { add, erf, mul, type Tensor4D } from '@tensorflow/tfjs-core';
import { gatedGeluGradient } from '../gradients/gated-gelu-gradient';
import { kernelNames } from './kernel-names';
import { runOp } from './run-op';

/**
 * `gelu(gate)·value` with the exact GELU, x·Φ(x) = x·(1 + erf(x/√2))/2: `[N,H,W,C]` twice to `[N,H,W,C]`
 * (GDFN of Restormer, arXiv 2111.09881 §3.2).
 */
export function gatedGelu(gate: Tensor4D, value: Tensor4D): Tensor4D {
  return runOp({
    kernel: kernelNames.gatedGelu,
    inputs: { gate, value },
    gradient: gatedGeluGradient,
    compose: () => {
      const probability = add(mul(erf(mul(gate, Math.SQRT1_2)), 0.5), 0.5);
      return mul(mul(gate, value), probability);
    },
  });
}
