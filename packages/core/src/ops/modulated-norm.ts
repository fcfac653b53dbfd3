import { add, matMul, mul, type Tensor2D } from '@tensorflow/tfjs-core';
import type { LayerNormParameters } from './layer-norm';
import type { Modulation } from './modulate';

/** The input of half a dynamic block: a layer norm whose result the IPR scales and shifts. */
export interface ModulatedNormParameters {
  readonly norm: LayerNormParameters;
  /** The linear layer from the IPR to the scale, `[Z,C]`. */
  readonly scale: Tensor2D;
  /** The linear layer from the IPR to the shift, `[Z,C]`. */
  readonly shift: Tensor2D;
}

/**
 * What the IPR `[N,Z]` makes of a normalised x̂: [a, b] = split(W·z) (DiffIR §3.2), with the norm's
 * learned part in front of it as one modulation: (x̂·w + c)·a + b = x̂·(w·a) + (c·a + b).
 */
export function normModulation(
  ipr: Tensor2D,
  { norm: { weight, bias }, scale, shift }: ModulatedNormParameters,
): Modulation {
  const a: Tensor2D = matMul(ipr, scale);
  const b: Tensor2D = matMul(ipr, shift);
  return { scale: mul(a, weight), shift: bias === undefined ? b : add(mul(a, bias), b) };
}
