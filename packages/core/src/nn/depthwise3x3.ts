import type { DepthwiseConvParameters } from '../ops/depthwise-conv';
import { fanInUniform } from './initializer';
import { mapTuple, type SameLength } from './map-tuple';
import type { Parameter, ParameterScope, Partition } from './parameter-scope';

export interface DepthwiseSize<S extends readonly number[]> {
  readonly channels: number;
  readonly bias: boolean;
  /** Lengths of the runs of channels that are convolved apart; they sum to `channels`. */
  readonly parts: S;
}

/** The parameters of a depthwise convolution, for an op to compute with. */
export interface DepthwiseLayer {
  /** The current values. */
  parameters(): DepthwiseConvParameters;
  /** Multiply–accumulates over this many pixels. */
  macs(pixels: number): number;
}

/**
 * 3×3 depthwise convolution, stride 1, zero padding 1, as one layer for each run of channels: what
 * would be split behind it is never joined.
 */
export function depthwise3x3<const S extends readonly number[]>(
  p: ParameterScope,
  { channels, bias, parts }: DepthwiseSize<S>,
): SameLength<S, DepthwiseLayer> {
  const initializer = fanInUniform(9);
  const partition: Partition<S> = { axis: 0, sizes: parts };
  const weight = { layout: 'depthwise', shape: [channels, 1, 3, 3], initializer } as const;
  const offset = { layout: 'vector', shape: [channels], initializer } as const;
  const filters = p.getParts('weight', weight, partition);
  const offsets: readonly Parameter<'vector'>[] = bias ? p.getParts('bias', offset, partition) : [];
  return mapTuple(filters, (filter, index) => toLayer(filter, offsets[index]));
}

function toLayer(filter: Parameter<'depthwise'>, bias: Parameter<'vector'> | undefined): DepthwiseLayer {
  return {
    parameters: () => ({ filter: filter.tensor, ...(bias && { bias: bias.tensor }) }),
    macs: (pixels) => filter.size * pixels,
  };
}
