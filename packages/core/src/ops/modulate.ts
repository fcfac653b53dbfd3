import { add, expandDims, mul, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { kernelNames } from './kernel-names';
import { runOp } from './run-op';

/** A scale and a shift per image and channel, both `[N,C]`: how the IPR steers a block. */
export interface Modulation {
  readonly scale: Tensor2D;
  readonly shift: Tensor2D;
}

/** `x·scale + shift` per channel: `[N,H,W,C]` to `[N,H,W,C]` (DiffIR §3.2, dynamic modulation). */
export function modulate(x: Tensor4D, { scale, shift }: Modulation): Tensor4D {
  return runOp({
    kernel: kernelNames.modulate,
    inputs: { x, scale, shift },
    compose: () => add(mul(x, perPixel(scale)), perPixel(shift)),
  });
}

/** `[N,C]` to `[N,1,1,C]`. */
function perPixel(vector: Tensor2D): Tensor4D {
  return expandDims(expandDims(vector, 1), 1);
}
