import { depthwiseConv2d, fused, type Tensor4D } from '@tensorflow/tfjs';
import { fanInUniform } from './initializer';
import type { PixelLayer } from './layer';
import { mapTuple, type SameLength } from './map-tuple';
import type { Parameter, ParameterScope, Partition } from './parameter-scope';

export interface DepthwiseSize<S extends readonly number[]> {
  readonly channels: number;
  readonly bias: boolean;
  /** Lengths of the runs of channels that are convolved apart; they sum to `channels`. */
  readonly parts: S;
}

/**
 * 3×3 depthwise convolution, stride 1, zero padding 1, as one layer for each run of channels: what
 * would be split behind it is never joined.
 */
export function depthwise3x3<const S extends readonly number[]>(
  p: ParameterScope,
  { channels, bias, parts }: DepthwiseSize<S>,
): SameLength<S, PixelLayer> {
  const initializer = fanInUniform(9);
  const partition: Partition<S> = { axis: 0, sizes: parts };
  const weight = { layout: 'depthwise', shape: [channels, 1, 3, 3], initializer } as const;
  const offset = { layout: 'vector', shape: [channels], initializer } as const;
  const filters = p.getParts('weight', weight, partition);
  const offsets: readonly Parameter<'vector'>[] = bias ? p.getParts('bias', offset, partition) : [];
  return mapTuple(filters, (filter, index) => ({
    forward: (x: Tensor4D) => convolve(x, filter, offsets[index]),
    macs: (pixels: number) => filter.size * pixels,
  }));
}

function convolve(x: Tensor4D, filter: Parameter<'depthwise'>, bias?: Parameter<'vector'>): Tensor4D {
  if (bias === undefined) return depthwiseConv2d(x, filter.tensor, 1, 'same');
  return fused.depthwiseConv2d({ x, filter: filter.tensor, strides: 1, pad: 'same', bias: bias.tensor });
}
