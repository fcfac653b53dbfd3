import { fanInUniform, type ParameterScope } from '@diffir/core';
import { fused, type Tensor4D } from '@tensorflow/tfjs-core';

/** A stage of a network, `[N,H,W,C]` to `[N,H',W',C']`. The caller disposes the result. */
export type Stage = (x: Tensor4D) => Tensor4D;

export interface ConvolutionSize {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride?: number;
  /** Rows and columns of zeros added on every side. */
  readonly padding?: number;
}

/** A square convolution with bias, `weight` and `bias`, and ReLU behind it. */
export function convolutionRelu(
  p: ParameterScope,
  { inputs, outputs, kernel, stride = 1, padding = 0 }: ConvolutionSize,
): Stage {
  const initializer = fanInUniform(inputs * kernel * kernel);
  const weight = p.get('weight', { layout: 'conv', shape: [outputs, inputs, kernel, kernel], initializer });
  const bias = p.get('bias', { layout: 'vector', shape: [outputs], initializer });
  return (x) =>
    fused.conv2d({
      x,
      filter: weight.tensor,
      bias: bias.tensor,
      strides: stride,
      pad: padding,
      dimRoundingMode: 'floor',
      activation: 'relu',
    });
}
