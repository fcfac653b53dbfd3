import type { Modulation } from '@diffir/core';
import type { Tensor4D } from '@tensorflow/tfjs';

/** Half a dynamic transformer block, MDTA or GDFN, over features that are already normalised. */
export interface ModulatedLayer {
  /** `[N,H,W,C]` with a modulation `[N,C]` to `[N,H,W,C]`. */
  forward(normalized: Tensor4D, modulation: Modulation): Tensor4D;
  /** Multiply–accumulates over this many pixels. */
  macs(pixels: number): number;
}
