import { add, erf, exp, mul, square, type Tensor4D } from '@tensorflow/tfjs-core';
import { kernelNames } from '../ops/kernel-names';
import { runGradient } from './run-gradient';
import type { OpGradient } from './with-gradient';

/**
 * Gradient of gelu(gate)·value with gelu(g) = g·Φ(g): by the gate dy·value·(Φ(g) + g·φ(g)), by the value
 * dy·g·Φ(g); φ is the standard normal density, Φ its distribution function.
 */
export const gatedGeluGradient: OpGradient<{ gate: Tensor4D; value: Tensor4D }, Tensor4D> = (
  dy,
  { gate, value },
) => {
  const [byGate, byValue] = runGradient({
    kernel: kernelNames.gatedGeluGradient,
    inputs: { dy, gate, value },
    compose: () => compose(dy, gate, value),
  });
  return { gate: byGate, value: byValue };
};

function compose(dy: Tensor4D, gate: Tensor4D, value: Tensor4D): [Tensor4D, Tensor4D] {
  const distribution = add(mul(erf(mul(gate, Math.SQRT1_2)), 0.5), 0.5);
  const density = mul(exp(mul(square(gate), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return [mul(mul(dy, value), add(distribution, mul(gate, density))), mul(mul(dy, gate), distribution)];
}
