import { fanInUniform, type ParameterScope } from '@diffir/core';
import {
  conv2d,
  div,
  type NamedTensorMap,
  reshape,
  type Tensor2D,
  type Tensor4D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import type { ConvolutionSize, Layer } from './convolution';
import { iterateSingularVectors, spectralNorm } from './spectral-norm';

/** A convolution and what changes in it from step to step without being trained. */
export interface SpectralConvolution {
  readonly forward: Layer;
  /** The next estimates of the singular vectors, by published name. */
  advance(): NamedTensorMap;
}

/**
 * A convolution without bias whose weight is divided by its largest singular value, so that it amplifies
 * nothing (spectral normalisation, arXiv 1802.05957). Published names as torch.nn.utils.spectral_norm has
 * them: `weight_orig`, `weight_u`, `weight_v`.
 */
export function spectralConvolution(
  p: ParameterScope,
  { inputs, outputs, kernel, stride, padding }: ConvolutionSize,
): SpectralConvolution {
  const inner = inputs * kernel * kernel;
  const shape = [outputs, inputs, kernel, kernel];
  const direction = { kind: 'uniform', bound: 1 } as const;
  const weight = p.get('weight_orig', { layout: 'conv', shape, initializer: fanInUniform(inner) });
  const left = p.get('weight_u', { layout: 'vector', shape: [outputs], initializer: direction });
  const right = p.get('weight_v', { layout: 'vector', shape: [inner], initializer: direction });

  /** The weight as published, a row for each output. */
  const matrix = (): Tensor2D => reshape(transpose(weight.tensor, [3, 2, 0, 1]), [outputs, inner]);
  const start = (): Tensor2D => reshape(left.tensor, [1, outputs]);

  return {
    forward: (x) =>
      tidy(() => {
        const filter: Tensor4D = div(weight.tensor, spectralNorm(matrix(), start()));
        return conv2d(x, filter, stride, padding);
      }),
    advance: () =>
      tidy(() => {
        const next = iterateSingularVectors(matrix(), start());
        return {
          [left.name]: reshape(next.left, [outputs]),
          [right.name]: reshape(next.right, [inner]),
        };
      }),
  };
}
