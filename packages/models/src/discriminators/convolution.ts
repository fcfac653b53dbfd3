import { fanInUniform, type ParameterScope } from '@diffir/core';
import { add, conv2d, mul, step, type Tensor4D } from '@tensorflow/tfjs-core';

export interface ConvolutionSize {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  /** Zero rows and columns on each side. */
  readonly padding: number;
}

/** A layer from `[N,H,W,Cin]` to `[N,h,w,Cout]`. */
export type Layer = (x: Tensor4D) => Tensor4D;

/** A convolution with bias, of any kernel and stride. */
export function convolution(p: ParameterScope, size: ConvolutionSize): Layer {
  const { inputs, outputs, kernel, stride, padding } = size;
  const initializer = fanInUniform(inputs * kernel * kernel);
  const weight = p.get('weight', { layout: 'conv', shape: [outputs, inputs, kernel, kernel], initializer });
  const bias = p.get('bias', { layout: 'vector', shape: [outputs], initializer });
  return (x) => add(conv2d(x, weight.tensor, stride, padding), bias.tensor);
}

/** Negative slope of every LeakyReLU in the discriminators. */
const SLOPE = 0.2;

/**
 * LeakyReLU of slope 0.2. As a product with a step function: the gradient of TensorFlow.js' own op cannot be
 * differentiated once more, which the gradient penalty needs.
 */
export function activate(x: Tensor4D): Tensor4D {
  return mul(x, step(x, SLOPE));
}
