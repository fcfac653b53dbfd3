import { type ParameterScope, pointwiseByInputs, pointwiseConv } from '@diffir/core';
import { add, type Tensor4D, tidy } from '@tensorflow/tfjs-core';

/** Joins decoder features with an encoder's, both `[N,H,W,C]`, to `[N,H,W,C]`. */
export interface SkipFusion {
  forward(decoder: Tensor4D, encoder: Tensor4D): Tensor4D;
  macs(pixels: number): number;
}

/** A 1×1 convolution over concat[decoder, encoder], as the sum of one convolution of each: no concat. */
export function skipFusion(p: ParameterScope, channels: number, bias: boolean): SkipFusion {
  const size = { inputs: 2 * channels, outputs: channels, bias };
  const [ofDecoder, ofEncoder] = pointwiseByInputs(p, size, [channels, channels]);
  return {
    forward: (decoder, encoder) =>
      tidy(() =>
        add(pointwiseConv(decoder, ofDecoder.parameters()), pointwiseConv(encoder, ofEncoder.parameters())),
      ),
    macs: (pixels) => ofDecoder.macs(pixels) + ofEncoder.macs(pixels),
  };
}
