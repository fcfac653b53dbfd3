import { fanInUniform, type ParameterScope } from '@diffir/core';
import { add, fused, mul, rsqrt, sub, type Tensor1D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { Stage } from '../convolution';

export interface NormalizedConvolutionSize {
  readonly inputs: number;
  readonly outputs: number;
  /** One side of a square kernel, or height and width. */
  readonly kernel: number | readonly [height: number, width: number];
  readonly stride?: 1 | 2;
  /** Zeros all around so that stride 1 keeps the size, or none. */
  readonly pad?: 'same' | 'valid';
}

const EPSILON = 1e-3;

/**
 * Convolution without bias, batch normalisation in inference (ε 0.001) and ReLU: `conv.weight` and `bn.*` of
 * torchvision's BasicConv2d. The normalisation is folded into the filter: w·s and β − μ·s, s = γ/√(σ² + ε).
 */
export function normalizedConvolution(
  p: ParameterScope,
  { inputs, outputs, kernel, stride = 1, pad = 'same' }: NormalizedConvolutionSize,
): Stage {
  const [height, width] = typeof kernel === 'number' ? [kernel, kernel] : kernel;
  const weight = p.scope('conv').get('weight', {
    layout: 'conv',
    shape: [outputs, inputs, height, width],
    initializer: fanInUniform(inputs * height * width),
  });
  const bn = p.scope('bn');
  const vector = (name: string, value: number) =>
    bn.get(name, { layout: 'vector', shape: [outputs], initializer: { kind: 'constant', value } });
  const gamma = vector('weight', 1);
  const beta = vector('bias', 0);
  const mean = vector('running_mean', 0);
  const variance = vector('running_var', 1);
  return (x) =>
    tidy((): Tensor4D => {
      const scale: Tensor1D = mul(gamma.tensor, rsqrt(add(variance.tensor, EPSILON)));
      const filter: Tensor4D = mul(weight.tensor, scale);
      const bias: Tensor1D = sub(beta.tensor, mul(mean.tensor, scale));
      return fused.conv2d({ x, filter, bias, strides: stride, pad, activation: 'relu' });
    });
}
