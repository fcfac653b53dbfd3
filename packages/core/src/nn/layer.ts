import type { Tensor4D } from '@tensorflow/tfjs-core';

/** A layer from images to images of the same height and width, `[N,H,W,Cin]` to `[N,H,W,Cout]`. */
export interface PixelLayer {
  forward(x: Tensor4D): Tensor4D;
  /** Multiply–accumulates over this many pixels. */
  macs(pixels: number): number;
}

/** Sizes of a convolution or linear layer. */
export interface LayerSize {
  readonly inputs: number;
  readonly outputs: number;
  readonly bias: boolean;
}
