import type { ModulatedNormParameters } from '@diffir/core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** Half a dynamic transformer block, MDTA or GDFN, with its normalised input and its residual. */
export interface ModulatedLayer {
  /** x + layer(LN(x), z): `[N,H,W,C]` and an IPR `[N,256]` to `[N,H,W,C]`. */
  forward(x: Tensor4D, ipr: Tensor2D, input: ModulatedNormParameters): Tensor4D;
  /** Multiply–accumulates over this many pixels. */
  macs(pixels: number): number;
}
